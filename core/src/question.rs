//! What the core leaves to Python: small questions, each asked once of a batch of lines.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::hashing::Keyed;
use crate::memory::Memory;
use crate::scan::Span;

#[derive(Clone, Copy)]
pub enum Kind {
    Coding = 1,
    Quantity = 2,
    Code = 3,
    Narrative = 4,
    Invariant = 5,
    Family = 6,
    Member = 7,
    Extension = 8,
}

const SPANS: usize = 3;
/// Numbers of 32 bits that one question is told in.
pub const LENGTH: usize = 3 + 2 * SPANS;

/// The questions of a batch, and which lines depend on which.
pub struct Questions {
    line: usize,
    /// The name of the member that is asked about, nowhere if that is a whole line.
    member: Span,
    asked: Vec<[u32; LENGTH]>,
    needs: Vec<[u32; 4]>,
    /// What is kept once a question is answered well, empty where nothing is.
    keys: Vec<Box<[u8]>>,
    known: HashMap<Box<[u8]>, u32, BuildHasherDefault<Keyed>>,
}

impl Default for Questions {
    fn default() -> Questions {
        let (line, member) = (0, Span::NOWHERE);
        let (asked, needs, keys) = (Vec::new(), Vec::new(), Vec::new());
        Questions { line, member, asked, needs, keys, known: HashMap::default() }
    }
}

/// How much was asked before a line, or a member of it.
pub struct Mark {
    asked: usize,
    needs: usize,
}

impl Questions {
    pub fn begin(&mut self, line: usize) -> Mark {
        self.line = line;
        self.within(Span::NOWHERE)
    }

    /// Begin with a member of the line.
    pub fn within(&mut self, member: Span) -> Mark {
        self.member = member;
        Mark { asked: self.asked.len(), needs: self.needs.len() }
    }

    /// Forget what was asked since a mark: the line is refused.
    pub fn take_back(&mut self, mark: Mark) {
        for key in self.keys.drain(mark.asked..) {
            self.known.remove(&key);
        }
        self.asked.truncate(mark.asked);
        self.needs.truncate(mark.needs);
    }

    /// Ask of some stretches of the line; a key stands for all questions that have the same answer.
    pub fn ask(&mut self, kind: Kind, number: u32, spans: &[Span], key: Option<&[u8]>) {
        let asked = key.and_then(|key| self.known.get(key).copied()).unwrap_or_else(|| {
            let mut question = [u32::MAX; LENGTH];
            question[..3].copy_from_slice(&[self.line as u32, kind as u32, number]);
            for (at, span) in spans.iter().take(SPANS).enumerate() {
                question[3 + 2 * at] = span.start;
                question[4 + 2 * at] = span.end;
            }
            let made = self.asked.len() as u32;
            self.asked.push(question);
            self.keys.push(key.unwrap_or(&[]).into());
            if let Some(key) = key {
                self.known.insert(key.into(), made);
            }
            made
        });
        self.needs.push([self.line as u32, asked, self.member.start, self.member.end]);
    }

    /// Keep what stands for a question that was answered well.
    pub fn answered(&self, number: usize, memory: &mut Memory) {
        if let Some(key) = self.keys.get(number).filter(|key| !key.is_empty()) {
            memory.keep(key);
        }
    }

    /// Write what was asked of lines with these verdicts: how many questions, needs and doubts, a byte
    /// for each line, filled up to a multiple of four, the questions, the needs, and the doubts.
    pub fn written(&self, verdicts: &[bool], doubts: &[[u32; 3]]) -> Vec<u8> {
        let mut told = Vec::new();
        for count in [self.asked.len(), self.needs.len(), doubts.len()] {
            told.extend_from_slice(&(count as u32).to_le_bytes());
        }
        told.extend(verdicts.iter().map(|is_good| *is_good as u8));
        told.resize(told.len().next_multiple_of(4), 0);
        let asked = self.asked.iter().flatten().chain(self.needs.iter().flatten());
        for number in asked.chain(doubts.iter().flatten()) {
            told.extend_from_slice(&number.to_le_bytes());
        }
        told
    }
}
