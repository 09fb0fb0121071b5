//! A line judged: whether the full lane would find nothing in it, for certain.
//!
//! What is not seen through here is refused, or asked of Python in a small question. Nothing is told
//! of what is wrong.

use crate::bundle::Bundle;
use crate::memory::Memory;
use crate::objects::Listed;
use crate::question::Questions;
use crate::resources::{Contained, Local};
use crate::scan::{Refused, Scanner, Seen, Span};
use crate::tables::{Inside, NONE, SLOTS, Tables};

/// The addresses of HL7's own definitions begin so.
pub const HL7: &[u8] = b"http://hl7.org/fhir/StructureDefinition/";

/// What is known of an object that was read.
#[derive(Clone, Copy)]
pub struct Facts {
    pub values: u64,
    pub companions: u64,
    pub slots: [Span; SLOTS],
}

impl Facts {
    pub const NONE: Facts = Facts { values: 0, companions: 0, slots: [Span::NOWHERE; SLOTS] };
}

/// A resource that was read.
#[derive(Clone, Copy)]
pub struct Resource {
    pub number: u16,
    pub id: Span,
}

/// How an object stands in another.
#[derive(Clone, Copy)]
pub struct Place {
    /// The value set that a coding here is looked for in.
    pub wanted: u16,
    /// Where a reference may lead, and whether it leads inside of its Bundle.
    pub targets: u16,
    pub leads_inside: Inside,
    /// Whether it stands beside the value of a primitive.
    pub is_companion: bool,
    pub is_in_extension: bool,
    pub depth: u32,
}

impl Place {
    pub fn at(depth: u32) -> Place {
        let (wanted, targets) = (NONE, NONE);
        Place {
            wanted,
            targets,
            leads_inside: Inside::No,
            is_companion: false,
            is_in_extension: false,
            depth,
        }
    }
}

pub struct Judge<'a> {
    pub tables: &'a Tables,
    pub memory: &'a Memory,
    pub questions: Questions,
    /// Room to put texts together in, and the places of values of the objects that are read.
    pub scratch: Vec<u8>,
    pub rows: Vec<Span>,
}

impl<'a> Judge<'a> {
    pub fn new(tables: &'a Tables, memory: &'a Memory) -> Judge<'a> {
        Judge {
            tables,
            memory,
            questions: Questions::default(),
            scratch: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The members of a line that the full lane has to look at; nothing where that is not known.
    pub fn doubts(&mut self, line: usize, data: &[u8]) -> Option<Vec<Span>> {
        let mark = self.questions.begin(line);
        self.rows.clear();
        let is_text = std::str::from_utf8(data).is_ok();
        let found = is_text.then(|| Line::new(self, data).doubts().ok()).flatten();
        if found.is_none() {
            self.questions.take_back(mark);
        }
        found
    }

    /// Whether a line is good, if the questions that were noted for it are answered well.
    pub fn accepts(&mut self, line: usize, data: &[u8]) -> bool {
        let mark = self.questions.begin(line);
        self.rows.clear();
        let is_good = std::str::from_utf8(data).is_ok() && Line::new(self, data).whole().is_ok();
        if !is_good {
            self.questions.take_back(mark);
        }
        is_good
    }
}

/// One line while it is read.
pub struct Line<'l, 'a> {
    pub judge: &'l mut Judge<'a>,
    pub tables: &'a Tables,
    pub scan: Scanner<'l>,
    pub locals: Vec<Local>,
    pub targets: Vec<Span>,
    pub canonicals: Vec<Span>,
    pub contained: Vec<Contained>,
    pub ids: Vec<Span>,
    pub lists: Vec<Listed>,
    pub names_container: bool,
    pub in_contained: bool,
    /// Whether the member of a resource that is read has to be looked at by the full lane.
    pub asks_member: bool,
    pub wanted_is_there: bool,
    pub has_vital_sign: bool,
    pub bundle: Option<Bundle>,
    /// Whether a resource in an entry is read, and whether that is so around the Bundle.
    pub in_entry: bool,
    pub is_nested: bool,
    pub entry_resource: Option<Resource>,
    pub entry_mode: Span,
}

impl<'l, 'a> Line<'l, 'a> {
    fn new(judge: &'l mut Judge<'a>, data: &'l [u8]) -> Self {
        Line {
            tables: judge.tables,
            judge,
            scan: Scanner { data, at: 0 },
            locals: Vec::new(),
            targets: Vec::new(),
            canonicals: Vec::new(),
            contained: Vec::new(),
            ids: Vec::new(),
            lists: Vec::new(),
            names_container: false,
            in_contained: false,
            asks_member: false,
            wanted_is_there: false,
            has_vital_sign: false,
            bundle: None,
            in_entry: false,
            is_nested: false,
            entry_resource: None,
            entry_mode: Span::NOWHERE,
        }
    }

    fn whole(&mut self) -> Seen<()> {
        self.scan.skip_space();
        self.resource(false, 0)?;
        self.scan.skip_space();
        good(self.scan.at == self.scan.data.len())
    }

    pub fn of(&self, span: Span) -> &'l [u8] {
        let data: &'l [u8] = self.scan.data;
        data.get(span.start as usize..span.end as usize).unwrap_or(&[])
    }
}

pub fn good(is_good: bool) -> Seen<()> {
    if is_good { Ok(()) } else { Err(Refused) }
}
