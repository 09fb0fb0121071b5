//! What a Bundle asks of its entries together.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use crate::hashing::Keyed;
use crate::judge::Resource;
use crate::primitive::has_scheme;
use crate::references::{is_urn, served_as};
use crate::scan::{Refused, Seen, Span};
use crate::tables::{Inside, Tables};

/// A link of the Bundle itself.
pub struct Link {
    pub relation: Span,
    pub url: Span,
}

pub struct Entry {
    pub full_url: Span,
    pub resource: Option<Resource>,
    pub has_search: bool,
    pub has_request: bool,
    pub has_response: bool,
    pub mode: Span,
}

/// A reference in an entry that leads out of its resource.
pub struct Lead {
    pub address: Span,
    pub targets: u16,
    pub said: Span,
    pub entry: usize,
    pub inside: Inside,
}

#[derive(Default)]
pub struct Bundle {
    pub links: Vec<Link>,
    pub entries: Vec<Entry>,
    pub leads: Vec<Lead>,
}

type Names = HashMap<Box<[u8]>, usize, BuildHasherDefault<Keyed>>;

/// A Bundle whose text is at hand, and of which the type is known.
struct Whole<'a> {
    bundle: Bundle,
    tables: &'a Tables,
    data: &'a [u8],
    kind: &'a [u8],
}

impl Bundle {
    /// Refuse what is not good for certain.
    pub fn refuse_if_strange(self, tables: &Tables, data: &[u8], kind: Span) -> Seen<()> {
        let whole = Whole { bundle: self, tables, data, kind: kind.of(data) };
        let is_good = whole.has_good_links()
            && whole.has_good_entries()
            && whole.has_good_addresses()
            && whole.has_what_was_sought()
            && whole.leads_where_it_may();
        if is_good { Ok(()) } else { Err(Refused) }
    }
}

impl Whole<'_> {
    fn is_of(&self, kinds: &[&[u8]]) -> bool {
        kinds.contains(&self.kind)
    }

    fn has_good_links(&self) -> bool {
        let singles: [&[u8]; 5] = [b"self", b"first", b"previous", b"next", b"last"];
        let has_pages = self.is_of(&[b"searchset", b"history"]);
        let mut seen = [false; 5];
        self.bundle.links.iter().all(|link| {
            let Some(at) = singles.iter().position(|name| *name == link.relation.of(self.data))
            else {
                return true;
            };
            (at == 0 || has_pages) && !std::mem::replace(&mut seen[at], true)
        })
    }

    fn has_good_entries(&self) -> bool {
        let is_of_search = self.is_of(&[b"searchset"]);
        let has_requests = self.is_of(&[b"batch", b"transaction", b"history"]);
        let has_responses = self.is_of(&[b"batch-response", b"transaction-response", b"history"]);
        let entries = &self.bundle.entries;
        let begins_with_one = self.is_of(&[b"document", b"message"]);
        (!begins_with_one || !entries.is_empty())
            && entries.iter().all(|entry| {
                (!entry.has_search || is_of_search)
                    && entry.has_request == has_requests
                    && entry.has_response == has_responses
                    && self.has_good_mode(entry)
            })
    }

    fn is_outcome(&self, resource: Resource) -> bool {
        *self.tables.resources[resource.number as usize] == *b"OperationOutcome"
    }

    fn has_good_mode(&self, entry: &Entry) -> bool {
        let Some(resource) = entry.resource else { return true };
        let (mode, is_outcome) = (entry.mode.of(self.data), self.is_outcome(resource));
        let is_found = mode == b"match" || mode == b"include";
        (mode != b"outcome" || is_outcome)
            && (!is_found
                || is_outcome
                || !self.is_of(&[b"searchset"])
                || resource.id.is_somewhere())
    }

    fn has_good_addresses(&self) -> bool {
        let may_lack = [&b"transaction"[..], b"transaction-response", b"batch", b"batch-response"];
        let is_whole = self.is_of(&[b"transaction", b"batch"]);
        let mut seen: HashSet<&[u8], BuildHasherDefault<Keyed>> = HashSet::default();
        let mut with_leads = vec![false; self.bundle.entries.len() + 1];
        for lead in &self.bundle.leads {
            with_leads[lead.entry] = true;
        }
        self.bundle.entries.iter().enumerate().all(|(at, entry)| {
            let address = entry.full_url.of(self.data);
            match entry.resource {
                Some(found) if !entry.full_url.is_somewhere() => {
                    let may_be = self.is_outcome(found) || self.is_of(&may_lack);
                    may_be && !(is_whole && with_leads[at])
                }
                _ if !entry.full_url.is_somewhere() => true,
                found => {
                    has_scheme(address)
                        && (self.is_of(&[b"history"]) || seen.insert(address))
                        && !address.windows(10).any(|part| part == b"/_history/")
                        && found.is_none_or(|found| {
                            is_urn(address) || self.ends_as_it_should(address, found)
                        })
                }
            }
        })
    }

    fn ends_as_it_should(&self, address: &[u8], resource: Resource) -> bool {
        let id = resource.id.of(self.data);
        let before = address.strip_suffix(id).and_then(|rest| rest.strip_suffix(b"/"));
        let name = &*self.tables.resources[resource.number as usize];
        let before = before.and_then(|rest| rest.strip_suffix(name));
        !id.is_empty() && before.is_some_and(|rest| rest.ends_with(b"/"))
    }

    /// Whether what a search found is of the type that it was for, as far as its link tells that.
    fn has_what_was_sought(&self) -> bool {
        if !self.is_of(&[b"searchset"]) {
            return true;
        }
        let Some(own) =
            self.bundle.links.iter().find(|link| link.relation.of(self.data) == b"self")
        else {
            return true;
        };
        let address = own.url.of(self.data);
        let has_match =
            self.bundle.entries.iter().any(|entry| entry.mode.of(self.data) == b"match");
        let Some((path, query)) = path_and_query(address) else { return !has_match };
        let path = path.strip_suffix(b"/_search").unwrap_or(path);
        let last = path.rsplit(|byte| *byte == b'/').next().unwrap_or(&[]);
        let Some(sought) = self.tables.resource(last) else {
            return !query.windows(4).any(|part| part == b"type") && !query.contains(&b'%');
        };
        self.bundle.entries.iter().all(|entry| {
            let is_match = entry.mode.of(self.data) == b"match";
            let is_sought = |found: Resource| found.number == sought || self.is_outcome(found);
            !is_match || entry.resource.is_none_or(is_sought)
        })
    }

    // ── References between entries ───────────────────────────────────────────────────────────────

    fn leads_where_it_may(&self) -> bool {
        let is_document = self.is_of(&[b"document"]);
        let begins_with_one = is_document || self.is_of(&[b"message"]);
        let leads = &self.bundle.leads;
        if !begins_with_one && !leads.iter().any(|lead| is_urn(lead.address.of(self.data))) {
            return true;
        }
        let names = self.names(begins_with_one);
        let mut groups: Vec<usize> = (0..=self.bundle.entries.len()).collect();
        let wanted: &[u8] = if is_document { b"Composition" } else { b"MessageHeader" };
        let first = self.bundle.entries.iter().position(|entry| entry.resource.is_some());
        let first = first.filter(|at| begins_with_one && self.named(*at) == wanted);
        for lead in leads {
            let address = plain(lead.address.of(self.data));
            let found = names.get(address).copied();
            if is_urn(address) && !found.is_some_and(|at| self.may_lead(lead, at)) {
                return false;
            }
            let has_to =
                lead.inside == Inside::OfMessage || (is_document && lead.inside != Inside::No);
            if first == Some(lead.entry) && has_to && found.is_none() {
                return false;
            }
            if let Some(found) = found {
                let (one, two) = (root(&mut groups, lead.entry), root(&mut groups, found));
                groups[one] = two;
            }
        }
        match first.filter(|_| is_document) {
            None => true,
            Some(first) => {
                let joined = root(&mut groups, first);
                let entries = self.bundle.entries.iter().enumerate();
                entries
                    .filter(|(_, entry)| entry.resource.is_some())
                    .all(|(at, _)| root(&mut groups, at) == joined)
            }
        }
    }

    fn named(&self, entry: usize) -> &[u8] {
        let found = self.bundle.entries[entry].resource;
        found.map_or(&[], |found| &*self.tables.resources[found.number as usize])
    }

    fn may_lead(&self, lead: &Lead, entry: usize) -> bool {
        let Some(found) = self.bundle.entries[entry].resource else { return false };
        let is_said = !lead.said.is_somewhere() || lead.said.of(self.data) == self.named(entry);
        is_said && self.tables.may_lead(lead.targets, found.number)
    }

    /// The entries that are resources by every name that a reference may have for them.
    fn names(&self, all: bool) -> Names {
        let mut names = Names::default();
        for (at, entry) in self.bundle.entries.iter().enumerate() {
            let Some(resource) = entry.resource else { continue };
            let address = entry.full_url.of(self.data);
            if !address.is_empty() {
                names.entry(address.into()).or_insert(at);
            }
            if !all {
                continue;
            }
            if let Some(served) = served_as(address) {
                names.entry(served.into()).or_insert(at);
            }
            if resource.id.is_somewhere() {
                let own = [self.named(at), b"/", resource.id.of(self.data)].concat();
                names.entry(own.into()).or_insert(at);
            }
        }
        names
    }
}

/// What an address on the web says after its host; nothing where it is written in a strange way.
fn path_and_query(address: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = address.strip_prefix(b"http://").or(address.strip_prefix(b"https://"))?;
    let is_strange = |byte: &u8| matches!(byte, b'[' | b']' | b'#' | b'\\' | b'@');
    let begin = rest.iter().position(|byte| matches!(byte, b'/' | b'?'))?;
    let path = &rest[begin..];
    let end = path.iter().position(|byte| *byte == b'?').unwrap_or(path.len());
    (begin > 0 && end > 0 && !address.iter().any(is_strange)).then(|| path.split_at(end))
}

/// An address without its version, and without a place in what it leads to.
fn plain(address: &[u8]) -> &[u8] {
    let version = address.windows(10).position(|part| part == b"/_history/");
    let address = &address[..version.unwrap_or(address.len())];
    let place = address.iter().position(|byte| *byte == b'#');
    &address[..place.unwrap_or(address.len())]
}

/// The entry that stands for all that are joined with one.
fn root(groups: &mut [usize], mut entry: usize) -> usize {
    while groups[entry] != entry {
        groups[entry] = groups[groups[entry]];
        entry = groups[entry];
    }
    entry
}
