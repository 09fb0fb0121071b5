//! An object: its keys, what is missing, and what is asked of it as a whole.

use crate::formula::{self, Object};
use crate::judge::{Facts, Line, Place, good};
use crate::question::Kind as Asked;
use crate::scan::{Refused, Seen, Span};
use crate::tables::{CAPTURES, Check, Key, Kind, Layout, ROWS};

/// Objects in each other.
const DEEPEST: u32 = 60;

/// The bit of an object that has nothing but an id: that is the first row of each.
const ROW_OF_ID: u64 = 1;

/// A list of primitives, or of what stands beside them; marks tell of its first 64.
pub struct Listed {
    pub row: u8,
    pub is_of_companions: bool,
    pub maximum: u32,
    pub count: u32,
    pub nulls: u64,
    pub bare: u64,
}

/// An object as far as it is read.
pub struct Read<'a> {
    pub layout: &'a Layout,
    pub number: u16,
    pub place: Place,
    /// Where it begins.
    pub start: usize,
    pub facts: Facts,
    pub captures: [Span; CAPTURES],
    /// Where the places of its values begin among those that are kept.
    pub rows: usize,
    /// The names of members that the full lane has to look at.
    pub asked: Vec<Span>,
    /// The rows with nothing but an id beside their value.
    bare: u64,
    is_typed: bool,
}

impl Read<'_> {
    /// The whole of it, which ends where reading is.
    pub fn whole(&self, end: usize) -> Span {
        Span::new(self.start, end)
    }
}

impl<'a> Line<'_, 'a> {
    /// Read an object.
    pub fn object(&mut self, number: u16, place: Place) -> Seen<Facts> {
        good(place.depth < DEEPEST)?;
        let tables = self.tables;
        Ok(self.members(&tables.layouts[number as usize], number, place)?.facts)
    }

    /// Read an object, of which a resource has a type among its members.
    pub fn members(&mut self, layout: &'a Layout, number: u16, place: Place) -> Seen<Read<'a>> {
        let (lists, rows) = (self.lists.len(), self.judge.rows.len());
        if layout.wants_rows {
            self.judge.rows.resize(rows + ROWS, Span::NOWHERE);
        }
        let mut read = Read {
            layout,
            number,
            place,
            start: self.scan.at,
            facts: Facts::NONE,
            captures: [Span::NOWHERE; CAPTURES],
            rows,
            asked: Vec::new(),
            bare: 0,
            is_typed: !layout.is_resource,
        };
        self.scan.sign(b'{')?;
        loop {
            self.member(&mut read)?;
            if !self.scan.has_more(b'}')? {
                break;
            }
        }
        if self.lists.len() > lists {
            self.lists_stand_well(lists)?;
        }
        self.ended(&read)?;
        self.judge.rows.truncate(rows);
        Ok(read)
    }

    fn member(&mut self, read: &mut Read<'a>) -> Seen<()> {
        let name = self.scan.text()?;
        good(!name.is_escaped)?;
        self.scan.sign(b':')?;
        let text = self.of(name.span);
        if let Some(key) = read.layout.find(text) {
            self.known_member(read, key, name.span)?;
        } else if !read.is_typed && text == b"resourceType" {
            self.scan.text()?;
            read.is_typed = true;
        } else {
            let plain = text.strip_prefix(b"_").ok_or(Refused)?;
            self.companion(read, read.layout.find(plain).ok_or(Refused)?)?;
        }
        if read.layout.is_resource && std::mem::replace(&mut self.asks_member, false) {
            read.asked.push(name.span);
        }
        Ok(())
    }

    fn known_member(&mut self, read: &mut Read<'a>, key: &'a Key, name: Span) -> Seen<()> {
        let bit = 1 << key.row;
        good(read.facts.values & bit == 0)?;
        read.facts.values |= bit;
        let found = self.value(key, read.layout, read.place)?;
        if let Some(capture) = key.capture {
            good(found.is_somewhere())?;
            read.captures[capture as usize] = found;
        }
        if let Some(slot) = key.slot {
            read.facts.slots[slot as usize] = found;
        }
        if read.layout.wants_rows {
            // From the name on, since that tells which form of a choice it is.
            let member = Span::new(name.start as usize, self.scan.at);
            self.judge.rows[read.rows + key.row as usize] = member;
        }
        Ok(())
    }

    /// Read what stands beside the value of a key, or the values of a list.
    fn companion(&mut self, read: &mut Read<'a>, key: &'a Key) -> Seen<()> {
        let bit = 1 << key.row;
        good(read.facts.companions & bit == 0 && !key.is_choice)?;
        good(matches!(key.kind, Kind::Primitive(_)))?;
        read.facts.companions |= bit;
        let depth = read.place.depth + 1;
        if key.is_list {
            self.companions(key, depth)?;
        } else if self.is_bare_companion(depth)? {
            read.bare |= bit;
        }
        Ok(())
    }

    /// Read what stands beside a primitive; tell whether it is an id alone.
    fn is_bare_companion(&mut self, depth: u32) -> Seen<bool> {
        let beside = Place { is_companion: true, ..Place::at(depth) };
        let inner = self.object(self.tables.element, beside)?;
        good(inner.companions == 0)?;
        Ok(inner.values == ROW_OF_ID)
    }

    /// Read what stands beside the primitives of a list.
    fn companions(&mut self, key: &Key, depth: u32) -> Seen<()> {
        let (row, maximum) = (key.row, key.maximum);
        let mut listed =
            Listed { row, maximum, is_of_companions: true, count: 0, nulls: 0, bare: 0 };
        self.scan.sign(b'[')?;
        loop {
            good(listed.count < 64)?;
            let bit = 1 << listed.count;
            if self.scan.null() {
                listed.nulls |= bit;
            } else if self.is_bare_companion(depth)? {
                listed.bare |= bit;
            }
            listed.count += 1;
            if !self.scan.has_more(b']')? {
                break;
            }
        }
        self.lists.push(listed);
        Ok(())
    }

    /// Hold lists of primitives against what stands beside them: each has a value or extensions.
    fn lists_stand_well(&mut self, mark: usize) -> Seen<()> {
        let lists = &self.lists[mark..];
        for one in lists {
            let others = lists.iter().find(|other| {
                other.row == one.row && other.is_of_companions != one.is_of_companions
            });
            let Some(other) = others else {
                good(one.nulls == 0 && one.bare == 0)?;
                continue;
            };
            let count = one.count.max(other.count);
            good(count <= one.maximum && count <= 64)?;
            let all = u64::MAX >> (64 - count);
            let filled = |listed: &Listed| u64::MAX >> (64 - listed.count) & !listed.nulls;
            let values = if one.is_of_companions { filled(other) } else { filled(one) };
            good((filled(one) | filled(other)) == all && (one.bare | other.bare) & !values == 0)?;
        }
        self.lists.truncate(mark);
        Ok(())
    }

    /// Ask what an object is asked as a whole.
    fn ended(&mut self, read: &Read<'a>) -> Seen<()> {
        let (layout, facts) = (read.layout, read.facts);
        let there = facts.values | facts.companions;
        good(there & layout.required == layout.required && read.bare & !facts.values == 0)?;
        let is_bare = facts.values == ROW_OF_ID && facts.companions == 0;
        good(there != 0 || layout.is_resource)?;
        good(layout.is_resource || read.place.is_companion || !is_bare)?;
        let mut open = self.open_formulas(read)?;
        while open != 0 {
            self.ask_formula(read, open.trailing_zeros() as usize)?;
            open &= open - 1;
        }
        match layout.check {
            Check::OfFamily => {
                let span = read.whole(self.scan.at);
                self.judge.questions.ask(Asked::Family, 0, &[span], None);
                Ok(())
            }
            Check::Observation if self.has_vital_sign => {
                self.ask_of_sign(read);
                Ok(())
            }
            _ => self.check(layout, facts, read.place),
        }
    }

    /// The formulas of an object that do not show that their rules hold, by their bits.
    fn open_formulas(&self, read: &Read<'a>) -> Seen<u64> {
        let object = Object {
            data: self.scan.data,
            values: read.facts.values,
            companions: read.facts.companions,
            captures: &read.captures,
            rows: self.judge.rows.get(read.rows..).unwrap_or(&[]),
        };
        let formulas = &read.layout.formulas;
        good(formulas.len() <= ROWS)?;
        let open =
            formulas.iter().enumerate().filter(|(_, one)| !formula::holds(&one.program, &object));
        Ok(open.fold(0, |bits, (at, _)| bits | 1 << at))
    }
}
