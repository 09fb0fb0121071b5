//! A resource, with what it contains and what leads there.

use crate::bundle::Bundle;
use crate::judge::{Line, Place, Resource, good};
use crate::question::Kind as Asked;
use crate::scan::{Refused, Seen, Span};
use crate::tables::{Check, Key, SLOTS};

/// Ids, contained resources and what leads to them, of which each is held against each.
const MOST_HELD: usize = 200;

/// A resource that is contained in another.
pub struct Contained {
    pub id: Span,
    pub number: u16,
    pub names_container: bool,
}

/// A reference to something contained.
pub struct Local {
    pub name: Span,
    pub targets: u16,
    pub said: Span,
}

/// What is known of the Bundle around another while that is read.
struct Around {
    bundle: Option<Bundle>,
    is_nested: bool,
    resource: Option<Resource>,
    mode: Span,
}

impl<'a> Line<'_, 'a> {
    /// Read a resource, with what it contains.
    pub fn resource(&mut self, is_inner: bool, depth: u32) -> Seen<Resource> {
        let start = self.scan.at;
        let number = self.type_at(start)?;
        let layout = &self.tables.layouts[number as usize];
        let is_bundle = layout.check == Check::Bundle;
        let bundle = is_bundle.then(|| self.begin_bundle());
        let marks =
            (self.locals.len(), self.targets.len(), self.canonicals.len(), self.contained.len());
        let ids = self.ids.len();
        let around = (self.names_container, self.in_contained, self.has_vital_sign);
        (self.names_container, self.in_contained, self.has_vital_sign) = (false, is_inner, false);
        let read = self.members(layout, number, Place::at(depth + 1))?;
        let span = Span::new(start, self.scan.at);
        self.has_distinct_ids(ids)?;
        if !is_inner {
            self.leads_where_it_may(number, marks)?;
        }
        let id = read.facts.slots[SLOTS - 1];
        if is_inner {
            good(id.is_somewhere())?;
            let names_container = self.names_container;
            self.contained.push(Contained { id, number, names_container });
        }
        for key in read.asked {
            self.judge.questions.ask(Asked::Member, 0, &[span, key], None);
        }
        (self.names_container, self.in_contained, self.has_vital_sign) = around;
        if let Some(around) = bundle {
            good(!is_inner)?;
            let whole = self.end_bundle(around)?;
            whole.refuse_if_strange(self.tables, self.scan.data, read.facts.slots[0])?;
        }
        Ok(Resource { number, id })
    }

    /// Begin with a Bundle; return what was known of the one around it.
    fn begin_bundle(&mut self) -> Around {
        let bundle = self.bundle.replace(Bundle::default());
        let nested = std::mem::replace(&mut self.is_nested, self.in_entry);
        self.in_entry = false;
        let mode = std::mem::replace(&mut self.entry_mode, Span::NOWHERE);
        Around { bundle, is_nested: nested, resource: self.entry_resource.take(), mode }
    }

    fn end_bundle(&mut self, around: Around) -> Seen<Bundle> {
        self.in_entry = std::mem::replace(&mut self.is_nested, around.is_nested);
        self.entry_mode = around.mode;
        self.entry_resource = around.resource;
        std::mem::replace(&mut self.bundle, around.bundle).ok_or(Refused)
    }

    /// Tell the type of the resource that begins here; it is mostly said first.
    pub fn type_at(&mut self, start: usize) -> Seen<u16> {
        self.scan.sign(b'{')?;
        loop {
            let key = self.scan.text()?;
            if self.of(key.span) == b"resourceType" {
                break;
            }
            self.scan.sign(b':')?;
            self.scan.skip_value()?;
            good(self.scan.has_more(b'}')?)?;
        }
        self.scan.sign(b':')?;
        let name = self.scan.text()?;
        self.scan.at = start;
        let number = self.tables.resource(self.of(name.span)).ok_or(Refused)?;
        good(self.tables.layouts[number as usize].is_resource).map(|()| number)
    }

    /// Hold ids of elements against each other.
    fn has_distinct_ids(&mut self, mark: usize) -> Seen<()> {
        let ids = &self.ids[mark..];
        good(ids.len() <= MOST_HELD)?;
        for (at, one) in ids.iter().enumerate() {
            good(ids[..at].iter().all(|other| self.of(*other) != self.of(*one)))?;
        }
        self.ids.truncate(mark);
        Ok(())
    }

    /// Hold what leads to contained resources against those that there are.
    fn leads_where_it_may(&mut self, number: u16, marks: (usize, usize, usize, usize)) -> Seen<()> {
        let (locals, targets) = (&self.locals[marks.0..], &self.targets[marks.1..]);
        let (canonicals, contained) = (&self.canonicals[marks.2..], &self.contained[marks.3..]);
        good(locals.len() + targets.len() + canonicals.len() + contained.len() <= MOST_HELD)?;
        let found = |name: Span| contained.iter().find(|one| self.of(one.id) == self.of(name));
        for one in locals {
            let to = match one.name.is_empty() {
                true => number,
                false => found(one.name).ok_or(Refused)?.number,
            };
            let name = &self.tables.resources[to as usize];
            good(self.tables.may_lead(one.targets, to))?;
            good(!one.said.is_somewhere() || self.of(one.said) == &**name)?;
        }
        for name in canonicals {
            good(name.is_empty() || found(*name).is_some())?;
        }
        for (at, one) in contained.iter().enumerate() {
            let is_led_to = |name: &Span| self.of(*name) == self.of(one.id);
            let is_named = locals.iter().any(|local| is_led_to(&local.name));
            good(one.names_container || is_named || targets.iter().any(is_led_to))?;
            good(contained[..at].iter().all(|other| self.of(other.id) != self.of(one.id)))?;
        }
        self.locals.truncate(marks.0);
        self.targets.truncate(marks.1);
        self.canonicals.truncate(marks.2);
        self.contained.truncate(marks.3);
        Ok(())
    }

    /// Read a resource in another: one that is contained, or one in an entry or a parameter.
    pub fn inner_resource(&mut self, key: &Key, depth: u32) -> Seen<()> {
        good(!self.in_contained)?;
        if &*key.text == b"contained" {
            return self.resource(true, depth).map(|_| ());
        }
        let kept = (
            std::mem::take(&mut self.locals),
            std::mem::take(&mut self.targets),
            std::mem::take(&mut self.canonicals),
            std::mem::take(&mut self.contained),
        );
        let asks = std::mem::replace(&mut self.asks_member, false);
        let in_entry = std::mem::replace(&mut self.in_entry, true);
        let found = self.resource(false, depth)?;
        self.in_entry = in_entry;
        self.asks_member = asks;
        (self.locals, self.targets, self.canonicals, self.contained) = kept;
        self.entry_resource = Some(found);
        Ok(())
    }
}
