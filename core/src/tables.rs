//! The definitions as the core needs them, read from bytes that Python wrote (`tables.py`).

use crate::index::Index;
use crate::narrative::{Tag, Tags};
use crate::primitive::Primitive;

pub const NONE: u16 = u16::MAX;
const MAGIC: &[u8] = b"SCFL";
const VERSION: u16 = 1;

/// Elements of a type, a choice as one, that there can be; so many have their bit in a number.
pub const ROWS: usize = 64;

/// Of how many values an object can remember where they stand.
pub const CAPTURES: usize = 16;
/// Values that the checks of a type look at.
pub const SLOTS: usize = 3;

/// What stands under a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Primitive(Primitive),
    Object(u16),
    Resource,
    /// Something that the full lane has to look at.
    Strange,
}

pub struct Key {
    pub text: Box<[u8]>,
    pub row: u8,
    pub is_choice: bool,
    pub kind: Kind,
    pub is_list: bool,
    pub maximum: u32,
    pub value_set: u16,
    pub targets: u16,
    /// Where its value is kept for formulas, and for the checks of its type; else not at all.
    pub capture: Option<u8>,
    pub slot: Option<u8>,
    pub leads_inside: Inside,
    /// Whether the checks of its type read its value as it stands.
    pub is_looked_at: bool,
    /// Whether it is the id of an element, which no other of the resource has.
    pub is_element_id: bool,
}

/// Whether what a reference leads to is in the Bundle, where its resource is the first of one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    No,
    OfComposition,
    /// Of a Composition or of a MessageHeader.
    OfMessage,
}

/// What is asked of an object beyond its elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Check {
    Nothing,
    Coding,
    Identifier,
    Meta,
    Extension,
    Attachment,
    Reference,
    Quantity,
    Bundle,
    BundleEntry,
    BundleLink,
    BundleSearch,
    Observation,
    OfFamily,
}

pub struct Formula {
    pub is_far: bool,
    pub compares_ends: bool,
    pub rows: Box<[u8]>,
    pub program: Box<[u8]>,
}

pub struct Layout {
    pub name: String,
    pub is_resource: bool,
    pub check: Check,
    pub required: u64,
    pub keys: Box<[Key]>,
    pub formulas: Box<[Formula]>,
    /// Whether the places of all its values are kept, for formulas.
    pub wants_rows: bool,
    index: Index,
    row_names: Box<[String]>,
}

impl Layout {
    pub fn find(&self, key: &[u8]) -> Option<&Key> {
        let found = self.index.find(key, |number| &self.keys[number as usize].text)?;
        Some(&self.keys[found as usize])
    }

    /// The bits of some rows, by their names.
    pub fn bits(&self, names: &[&str]) -> u64 {
        let rows = self.row_names.iter().enumerate();
        rows.filter(|(_, name)| names.contains(&name.as_str()))
            .fold(0, |bits, (row, _)| bits | 1 << row)
    }
}

pub enum ValueSet {
    Listed {
        systems: Box<[Codes]>,
        all: Codes,
    },
    /// Python tells whether a code is one.
    Form,
    Anything,
}

/// The codes of a code system.
pub struct Codes {
    system: Box<[u8]>,
    codes: Box<[Box<[u8]>]>,
    index: Index,
}

impl Codes {
    fn new(system: Box<[u8]>, codes: Box<[Box<[u8]>]>) -> Codes {
        let index = Index::new(codes.len(), |number| &codes[number as usize]);
        Codes { system, codes, index }
    }

    pub fn has(&self, code: &[u8]) -> bool {
        self.index.find(code, |number| &self.codes[number as usize]).is_some()
    }
}

impl ValueSet {
    pub fn has(&self, system: &[u8], code: &[u8]) -> bool {
        let ValueSet::Listed { systems, .. } = self else { return false };
        systems.iter().any(|listed| *listed.system == *system && listed.has(code))
    }
}

pub struct Tables {
    pub resources: Box<[Box<[u8]>]>,
    pub value_sets: Box<[ValueSet]>,
    pub layouts: Box<[Layout]>,
    pub element: u16,
    pub tags: Tags,
    targets: Box<[Box<[u64]>]>,
    index: Index,
}

impl Tables {
    /// Read the tables; nothing where these are none, or of another version.
    pub fn read(bytes: &[u8]) -> Option<Tables> {
        let mut reader = Reader { bytes };
        if reader.take(MAGIC.len())? != MAGIC || reader.u16()? != VERSION {
            return None;
        }
        let resources = reader.many(Reader::text)?;
        let value_sets = reader.many(Reader::value_set)?;
        let words = resources.len().div_ceil(64);
        let targets = reader.many(|reader| {
            let mut bits = vec![0; words].into_boxed_slice();
            for number in reader.many(Reader::u16)?.iter() {
                *bits.get_mut(*number as usize / 64)? |= 1 << (number % 64);
            }
            Some(bits)
        })?;
        let layouts = reader.many(Reader::layout)?;
        let tags = Tags::new(reader.many(Reader::tag)?)?;
        let index = Index::new(resources.len(), |number| &resources[number as usize]);
        let element = layouts.iter().position(|layout| layout.name == "Element")? as u16;
        let is_whole = layouts.iter().all(|layout| {
            layout.keys.iter().all(|key| {
                let is_there = |number: u16, count| number == NONE || (number as usize) < count;
                let leads = !matches!(key.kind, Kind::Object(to) if to as usize >= layouts.len());
                leads
                    && is_there(key.value_set, value_sets.len())
                    && is_there(key.targets, targets.len())
            })
        });
        is_whole.then_some(Tables { resources, value_sets, layouts, element, tags, targets, index })
    }

    /// The number of a type of resource.
    pub fn resource(&self, name: &[u8]) -> Option<u16> {
        self.index.find(name, |number| &self.resources[number as usize])
    }

    /// Whether a reference with these targets may lead to a type.
    pub fn may_lead(&self, targets: u16, to: u16) -> bool {
        if targets == NONE {
            return true;
        }
        let bits = &self.targets[targets as usize];
        bits[to as usize / 64] >> (to % 64) & 1 == 1
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn text(&mut self) -> Option<Box<[u8]>> {
        let length = self.u16()? as usize;
        self.take(length).map(Box::from)
    }

    fn name(&mut self) -> Option<String> {
        String::from_utf8(self.text()?.into_vec()).ok()
    }

    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Box<[T]>> {
        (0..self.u16()?).map(|_| one(self)).collect()
    }

    fn value_set(&mut self) -> Option<ValueSet> {
        self.text()?;
        match self.u8()? {
            0 => {
                let listed =
                    self.many(|reader| Some((reader.text()?, reader.many(Reader::text)?)))?;
                let every = listed.iter().flat_map(|(_, codes)| codes.iter().cloned()).collect();
                let systems = listed.into_iter().map(|(system, codes)| Codes::new(system, codes));
                let all = Codes::new(Box::default(), every);
                Some(ValueSet::Listed { systems: systems.collect(), all })
            }
            1 => Some(ValueSet::Form),
            2 => Some(ValueSet::Anything),
            _ => None,
        }
    }

    fn layout(&mut self) -> Option<Layout> {
        let name = self.name()?;
        let flags = self.u8()?;
        let check = check_of(&name, flags, self.u8()?)?;
        let rows = self.many(|reader| Some((reader.name()?, reader.u8()?)))?;
        if rows.len() > ROWS {
            return None;
        }
        let mut keys = self.many(Reader::key)?;
        let mut forms = [0_u8; ROWS];
        for key in keys.iter() {
            let count =
                forms.get_mut(key.row as usize).filter(|_| (key.row as usize) < rows.len())?;
            *count = count.saturating_add(1);
        }
        for key in keys.iter_mut() {
            key.is_choice = forms[key.row as usize] > 1;
            key.slot = slot_of(check, flags & 1 == 1, &key.text);
            key.is_looked_at = key.slot.is_some() && &*key.text != b"display";
            key.is_element_id = flags & 1 == 0 && &*key.text == b"id";
        }
        let formulas = self.many(Reader::formula)?;
        let index = Index::new(keys.len(), |number| &keys[number as usize].text);
        let required = rows.iter().enumerate();
        let required =
            required.fold(0, |bits, (row, (_, wanted))| bits | (*wanted as u64 & 1) << row);
        Some(Layout {
            is_resource: flags & 1 == 1,
            name,
            check,
            required,
            wants_rows: check == Check::Observation
                || formulas.iter().any(|formula| !formula.rows.is_empty()),
            keys,
            formulas,
            index,
            row_names: rows.into_iter().map(|(name, _)| name).collect(),
        })
    }

    fn key(&mut self) -> Option<Key> {
        let text = self.text()?;
        let (row, kind, is_list, maximum) = (self.u8()?, self.u8()?, self.u8()?, self.u32()?);
        let kind = match kind {
            0 => Kind::Primitive(Primitive::numbered(self.u8()?)?),
            1 => Kind::Object(self.u16()?),
            2 => Kind::Resource,
            3 => Kind::Strange,
            _ => return None,
        };
        let (value_set, targets, capture) = (self.u16()?, self.u16()?, self.u8()?);
        if capture as usize > CAPTURES {
            return None;
        }
        Some(Key {
            leads_inside: match &*text {
                b"focus" => Inside::OfMessage,
                name if LEADS_INSIDE.contains(&name) => Inside::OfComposition,
                _ => Inside::No,
            },
            is_looked_at: false,
            is_element_id: false,
            text,
            row,
            is_choice: false,
            kind,
            is_list: is_list != 0,
            maximum,
            value_set,
            targets,
            capture: capture.checked_sub(1),
            slot: None,
        })
    }

    fn tag(&mut self) -> Option<Tag> {
        Some(Tag {
            name: self.text()?,
            children: self.u64()?,
            not_around: self.u64()?,
            holds_text: self.u8()? != 0,
            link: self.text()?,
            attributes: self.many(Reader::text)?,
        })
    }

    fn formula(&mut self) -> Option<Formula> {
        self.text()?;
        let (is_far, special) = (self.u8()? != 0, self.u8()?);
        let rows = self.many(Reader::u8)?;
        let program = self.text()?;
        if rows.iter().any(|row| *row as usize >= ROWS) {
            return None;
        }
        Some(Formula { is_far, compares_ends: special == 1, rows, program })
    }
}

/// Elements by which a Composition or a MessageHeader leads to other entries of its Bundle.
const LEADS_INSIDE: &[&[u8]] =
    &[b"subject", b"encounter", b"author", b"party", b"custodian", b"detail", b"entry"];

fn check_of(name: &str, flags: u8, number: u8) -> Option<Check> {
    use Check::*;
    if flags & 2 != 0 {
        return Some(OfFamily);
    }
    let listed = [Nothing, Coding, Identifier, Meta, Extension, Attachment, Reference, Quantity];
    Some(match name {
        "Bundle" => Bundle,
        "Bundle.entry" => BundleEntry,
        "Bundle.link" => BundleLink,
        "Bundle.entry.search" => BundleSearch,
        "Observation" => Observation,
        _ => *listed.get(number as usize)?,
    })
}

/// Where the value of a key is kept for the check of its type; the last slot is that of ids.
fn slot_of(check: Check, is_resource: bool, key: &[u8]) -> Option<u8> {
    let listed: &[&[u8]] = match check {
        Check::Coding => &[b"system", b"code"],
        Check::Quantity => &[b"system", b"code"],
        Check::Identifier => &[b"system", b"value"],
        Check::Extension => &[b"url"],
        Check::Reference => &[b"reference", b"type"],
        Check::Bundle => &[b"type"],
        Check::BundleEntry => &[b"fullUrl"],
        Check::BundleLink => &[b"relation", b"url"],
        Check::BundleSearch => &[b"mode"],
        _ => &[],
    };
    let found = listed.iter().position(|name| *name == key).map(|slot| slot as u8);
    let is_display = check == Check::Coding && key == b"display";
    let is_last = is_display || (is_resource && key == b"id");
    found.or(is_last.then_some(SLOTS as u8 - 1))
}
