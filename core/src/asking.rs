//! What is asked of Python, unless the answer is known from before.

use crate::judge::{Line, good};
use crate::objects::Read;
use crate::primitive;
use crate::question::Kind as Asked;
use crate::scan::{Seen, Span};

/// Bytes of what stands for a question, up to which its answer is kept.
const LONGEST_KEY: usize = 2000;

impl<'l> Line<'l, '_> {
    /// Ask for the form of a vital sign; its number does not matter to that.
    pub fn ask_of_sign(&mut self, read: &Read) {
        let mut key = self.key_of(Asked::Family, 0);
        key.extend_from_slice(&read.facts.values.to_le_bytes());
        let member = |name| self.member_at(read, read.layout.bits(&[name]).trailing_zeros() as u8);
        for name in ["status", "category", "code", "value[x]", "component"] {
            key.push(b'\n');
            without_values(member(name), &mut key);
        }
        let is_plain = read.facts.companions == 0 && is_dated(member("effective[x]"));
        self.ask_unless_known(Asked::Family, 0, &[read.whole(self.scan.at)], key, is_plain);
    }

    /// Ask for an invariant that its formula leaves open, unless it is known of equal contents.
    pub fn ask_formula(&mut self, read: &Read, at: usize) -> Seen<()> {
        let (rule, facts) = (&read.layout.formulas[at], read.facts);
        good(!rule.is_far || (read.layout.is_resource && !self.in_contained))?;
        if rule.compares_ends && self.is_in_order(read.captures[0], read.captures[1]) {
            return Ok(());
        }
        let number = (read.number as u32) << 8 | at as u32;
        let mut key = self.key_of(Asked::Invariant, number);
        key.extend_from_slice(&facts.values.to_le_bytes());
        for row in rule.rows.iter() {
            let content = self.member_at(read, *row);
            key.extend_from_slice(&(content.len() as u32).to_le_bytes());
            key.extend_from_slice(content);
        }
        let is_plain = facts.companions == 0 && !rule.is_far;
        self.ask_unless_known(Asked::Invariant, number, &[read.whole(self.scan.at)], key, is_plain);
        Ok(())
    }

    fn is_in_order(&self, start: Span, end: Span) -> bool {
        let are_there = start.is_somewhere() && end.is_somewhere();
        are_there && primitive::is_in_order(self.of(start), self.of(end))
    }

    /// What stands in a row, with its name; nothing where its place is not kept.
    fn member_at(&self, read: &Read, row: u8) -> &'l [u8] {
        let found = self.judge.rows.get(read.rows.saturating_add(row as usize));
        self.of(found.copied().unwrap_or(Span::NOWHERE))
    }

    /// Begin with what stands for all questions that have the same answer.
    fn key_of(&mut self, kind: Asked, number: u32) -> Vec<u8> {
        let mut key = std::mem::take(&mut self.judge.scratch);
        key.clear();
        key.push(kind as u8);
        key.extend_from_slice(&number.to_le_bytes());
        key
    }

    /// Ask something, unless it is known from before; what has a plain key is known from then on.
    fn ask_unless_known(
        &mut self,
        kind: Asked,
        number: u32,
        spans: &[Span],
        key: Vec<u8>,
        is_plain: bool,
    ) {
        if !(is_plain && self.judge.memory.has(&key)) {
            let kept = (is_plain && key.len() <= LONGEST_KEY).then_some(&key[..]);
            self.judge.questions.ask(kind, number, spans, kept);
        }
        self.judge.scratch = key;
    }

    /// Ask of some texts together, unless they are known.
    pub fn ask_kept(&mut self, kind: Asked, number: u32, spans: [Span; 3]) {
        let mut key = self.key_of(kind, number);
        for span in spans {
            key.extend_from_slice(&(span.end.wrapping_sub(span.start)).to_le_bytes());
            key.push(span.is_somewhere() as u8);
            key.extend_from_slice(self.of(span));
        }
        self.ask_unless_known(kind, number, &spans, key, true);
    }
}

/// Copy what is written, but for numbers that are values.
fn without_values(written: &[u8], into: &mut Vec<u8>) {
    let mut rest = written;
    while let Some(at) = rest.windows(VALUE.len()).position(|part| part == VALUE) {
        let (before, after) = rest.split_at(at + VALUE.len());
        into.extend_from_slice(before);
        let is_of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-');
        rest = &after[after.iter().take_while(|byte| is_of_number(byte)).count()..];
    }
    into.extend_from_slice(rest);
}

const VALUE: &[u8] = b"\"value\":";

/// Whether a member tells when something was effective, by a day or more, or by a period.
fn is_dated(member: &[u8]) -> bool {
    let mut parts = member.rsplit(|byte| *byte == b'"');
    let has_day = parts.nth(1).is_some_and(|text| text.len() >= "YYYY-MM-DD".len());
    member.starts_with(b"effectivePeriod\"")
        || (member.starts_with(b"effectiveDateTime\"") && has_day)
}
