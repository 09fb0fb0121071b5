//! What data types ask beyond their elements (`datatypes.py`).

use crate::bundle::{Entry, Lead, Link};
use crate::judge::{Facts, HL7, Line, Place, good};
use crate::primitive;
use crate::question::Kind as Asked;
use crate::references::{self, Leads};
use crate::resources::Local;
use crate::scan::{Refused, Seen, Span};
use crate::tables::{Check, Inside, Layout, NONE, ValueSet};

const LOINC: &[u8] = b"http://loinc.org";
const LANGUAGE_TAGS: &[u8] = b"urn:ietf:bcp:47";
const URI_SYSTEM: &[u8] = b"urn:ietf:rfc:3986";

impl<'a> Line<'_, 'a> {
    pub fn check(&mut self, layout: &Layout, facts: Facts, place: Place) -> Seen<()> {
        match layout.check {
            Check::Nothing | Check::Observation | Check::Bundle | Check::OfFamily => Ok(()),
            Check::Coding => self.check_coding(facts, place),
            Check::Quantity => {
                let [system, code, _] = facts.slots;
                if system.is_somewhere() {
                    self.ask_kept(Asked::Quantity, 0, [system, code, Span::NOWHERE]);
                }
                Ok(())
            }
            Check::Identifier => self.check_identifier(facts),
            Check::Meta => {
                let kept_out = layout.bits(&["versionId", "lastUpdated", "security"]);
                good(!self.in_contained || facts.values & kept_out == 0)
            }
            Check::Extension => self.check_extension(layout, facts, place),
            Check::Attachment => {
                let has = |name| (facts.values | facts.companions) & layout.bits(&[name]) != 0;
                good(!has("data") || !(has("size") || has("hash")))
            }
            Check::Reference => self.check_reference(facts, place),
            Check::BundleEntry => self.end_entry(layout, facts),
            Check::BundleLink => {
                let [relation, url, _] = facts.slots;
                if let Some(bundle) = &mut self.bundle {
                    bundle.links.push(Link { relation, url });
                }
                Ok(())
            }
            Check::BundleSearch => {
                self.entry_mode = facts.slots[0];
                Ok(())
            }
        }
    }

    fn check_coding(&mut self, facts: Facts, place: Place) -> Seen<()> {
        let [system, code, display] = facts.slots;
        if !system.is_somewhere() {
            return Ok(());
        }
        let (named, said) = (self.of(system), self.of(code));
        if place.wanted != NONE && code.is_somewhere() {
            let value_set = &self.tables.value_sets[place.wanted as usize];
            self.wanted_is_there |= value_set.has(named, said);
            if matches!(value_set, ValueSet::Form) && named == LANGUAGE_TAGS {
                self.is_code_of(place.wanted, code)?;
            }
        }
        if named == LOINC && is_vital_sign(said) {
            self.has_vital_sign = true;
        }
        self.ask_kept(Asked::Coding, 0, [system, code, display]);
        Ok(())
    }

    fn check_identifier(&mut self, facts: Facts) -> Seen<()> {
        let [system, value, _] = facts.slots;
        if !system.is_somewhere() {
            return Ok(());
        }
        let address = self.of(system);
        let schemes: [&[u8]; 4] = [b"http:", b"https:", b"urn:", b"ldap:"];
        good(schemes.iter().any(|scheme| address.starts_with(scheme)))?;
        good(
            address != URI_SYSTEM || !value.is_somewhere() || primitive::has_scheme(self.of(value)),
        )
    }

    fn check_extension(&mut self, layout: &Layout, facts: Facts, place: Place) -> Seen<()> {
        let there = facts.values | facts.companions;
        let has_value = there & layout.bits(&["value[x]"]) != 0;
        good(has_value != (there & layout.bits(&["extension"]) != 0))?;
        let url = facts.slots[0];
        let address = self.of(url);
        good(url.is_somewhere() && !address.contains(&b'|'))?;
        if address.starts_with(HL7) {
            self.asks_member = true;
        } else if primitive::has_scheme(address) {
            self.ask_kept(Asked::Extension, 0, [url, Span::NOWHERE, Span::NOWHERE]);
        } else {
            good(place.is_in_extension)?;
        }
        Ok(())
    }

    fn check_reference(&mut self, facts: Facts, place: Place) -> Seen<()> {
        let [address, said, _] = facts.slots;
        let targets = place.targets;
        if !address.is_somewhere() {
            return good(!said.is_somewhere());
        }
        let text = self.of(address);
        good(primitive::is_word(text))?;
        if text[0] == b'#' {
            self.names_container |= text.len() == 1;
            self.locals.push(Local { name: address.after(1), targets, said });
            return Ok(());
        }
        // A reference of a Bundle itself is one of the entry that it is, in the Bundle around it.
        good(self.in_entry || !self.is_nested)?;
        if let Some(bundle) = self.bundle.as_mut().filter(|_| self.in_entry) {
            let entry = bundle.entries.len();
            let inside = if self.in_contained { Inside::No } else { place.leads_inside };
            bundle.leads.push(Lead { address, targets, said, entry, inside });
        }
        match references::leads(self.tables, text)? {
            Leads::To(number) => {
                let name = &self.tables.resources[number as usize];
                good(self.tables.may_lead(targets, number))?;
                good(!said.is_somewhere() || self.of(said) == &**name)
            }
            Leads::Elsewhere => Ok(()),
        }
    }

    /// Note an entry of a Bundle that was read.
    fn end_entry(&mut self, layout: &Layout, facts: Facts) -> Seen<()> {
        let there = facts.values | facts.companions;
        let has = |name| there & layout.bits(&[name]) != 0;
        let entry = Entry {
            full_url: facts.slots[0],
            resource: self.entry_resource.take(),
            has_search: has("search"),
            has_request: has("request"),
            has_response: has("response"),
            mode: std::mem::replace(&mut self.entry_mode, Span::NOWHERE),
        };
        self.bundle.as_mut().ok_or(Refused)?.entries.push(entry);
        Ok(())
    }
}

/// The LOINC codes of vital signs, of which FHIR asks one form (see `vital_signs.py`).
const VITAL_SIGNS: [&[u8]; 10] = [
    b"9279-1", b"8867-4", b"2708-6", b"8310-5", b"8302-2", b"9843-4", b"29463-7", b"39156-5",
    b"85354-9", b"85353-1",
];

fn is_vital_sign(code: &[u8]) -> bool {
    VITAL_SIGNS.contains(&code)
}
