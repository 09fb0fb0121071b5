//! Invariants as small programs over sets of values (`formulas.py` writes them).
//!
//! A set of what an expression may give is a mask of these bits. What a program leaves open, the full
//! lane's own evaluation decides.

use crate::scan::Span;
use crate::tables::CAPTURES;

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const EMPTY: u8 = 4;
const ANY: u8 = 7;

/// What is known of an object when its formulas are asked.
pub struct Object<'a> {
    pub data: &'a [u8],
    /// Rows that have a value, and rows that have a companion.
    pub values: u64,
    pub companions: u64,
    pub captures: &'a [Span; CAPTURES],
    /// Where the value of each row stands, if that is kept.
    pub rows: &'a [Span],
}

/// Whether a program shows that its rule holds.
pub fn holds(program: &[u8], object: &Object) -> bool {
    run(program, object) == Some(TRUE)
}

fn run(program: &[u8], object: &Object) -> Option<u8> {
    let mut reader = program.iter().copied();
    let mut stack = [ANY; 32];
    let mut height = 0;
    while let Some(sign) = reader.next() {
        let found = match sign {
            0x00 => reader.next()?,
            0x01 => told(object.has(reader.next()?)),
            0x02 => object.compared(&mut reader)?,
            0x03 => object.without(&mut reader)?,
            0x04 => object.number(reader.next()?, |digits| {
                digits.iter().any(|byte| matches!(byte, b'1'..=b'9'))
            }),
            0x05 => object.number(reader.next()?, |_| true),
            0x07 => object.has_once(&mut reader)?,
            0x06 => match object.value(reader.next()?) {
                Value::There(_) => TRUE,
                Value::Absent => FALSE,
                Value::Unknown => ANY,
            },
            0x14 => {
                height = usize::checked_sub(height, 1)?;
                combined(TRUE, stack[height], |_, one| not(one))
            }
            0x10..=0x16 => {
                height = usize::checked_sub(height, 2)?;
                combined(stack[height], stack[height + 1], operator(sign)?)
            }
            _ => return None,
        };
        *stack.get_mut(height)? = found;
        height += 1;
    }
    (height == 1).then_some(stack[0])
}

enum Value<'a> {
    There(&'a [u8]),
    Absent,
    Unknown,
}

impl Object<'_> {
    fn has(&self, row: u8) -> bool {
        (self.values | self.companions) >> (row & 63) & 1 == 1
    }

    /// A captured value; one that is absent may have a companion where the object has any.
    fn value(&self, capture: u8) -> Value<'_> {
        let span = self.captures.get(capture as usize).copied().unwrap_or(Span::NOWHERE);
        if span.is_somewhere() {
            return Value::There(span.of(self.data));
        }
        if self.companions != 0 { Value::Unknown } else { Value::Absent }
    }

    fn compared(&self, reader: &mut impl Iterator<Item = u8>) -> Option<u8> {
        let value = self.value(reader.next()?);
        let length = reader.next()? as usize;
        let mut is_equal = matches!(value, Value::There(text) if text.len() == length);
        for at in 0..length {
            let byte = reader.next()?;
            is_equal = is_equal && matches!(value, Value::There(text) if text[at] == byte);
        }
        Some(match value {
            Value::There(_) => told(is_equal),
            Value::Absent => EMPTY,
            Value::Unknown => ANY,
        })
    }

    fn without(&self, reader: &mut impl Iterator<Item = u8>) -> Option<u8> {
        let count = reader.next()?;
        let mut is_there = false;
        for _ in 0..count {
            is_there |= self.has(reader.next()?);
        }
        let mask = reader.next()?;
        Some(if is_there { ANY } else { mask })
    }

    /// Whether a text stands at most once in what a row holds, or nothing is known.
    fn has_once(&self, reader: &mut impl Iterator<Item = u8>) -> Option<u8> {
        let row = reader.next()?;
        let length = reader.next()? as usize;
        let text: Vec<u8> = reader.take(length).collect();
        let span = self.rows.get(row as usize).copied().unwrap_or(Span::NOWHERE);
        let content = span.of(self.data);
        let is_known = span.is_somewhere() && !text.is_empty() && text.len() == length;
        let after = |text: &[u8], at| &content[at + text.len()..];
        let rest = position(content, &text).map_or(&[][..], |at| after(&text, at));
        let is_once = is_known && position(rest, &text).is_none();
        Some(if is_once { TRUE } else { ANY })
    }

    fn number(&self, capture: u8, is_so: impl Fn(&[u8]) -> bool) -> u8 {
        match self.value(capture) {
            Value::There(digits) if digits.first() != Some(&b'-') && is_so(digits) => TRUE,
            Value::Absent => EMPTY,
            _ => ANY,
        }
    }
}

/// Where a text stands in another that is not empty.
fn position(content: &[u8], text: &[u8]) -> Option<usize> {
    content.windows(text.len().max(1)).position(|part| part == text)
}

fn told(is_so: bool) -> u8 {
    if is_so { TRUE } else { FALSE }
}

fn not(one: u8) -> u8 {
    match one {
        TRUE => FALSE,
        FALSE => TRUE,
        _ => EMPTY,
    }
}

/// What an operator of FHIRPath gives for two values, each true, false or empty.
fn operator(sign: u8) -> Option<fn(u8, u8) -> u8> {
    Some(match sign {
        0x10 => |one, two| match (one, two) {
            (FALSE, _) | (_, FALSE) => FALSE,
            (TRUE, TRUE) => TRUE,
            _ => EMPTY,
        },
        0x11 => |one, two| match (one, two) {
            (TRUE, _) | (_, TRUE) => TRUE,
            (FALSE, FALSE) => FALSE,
            _ => EMPTY,
        },
        0x12 | 0x16 => {
            |one, two| if one == EMPTY || two == EMPTY { EMPTY } else { told(one != two) }
        }
        0x13 => |one, two| match (one, two) {
            (FALSE, _) | (_, TRUE) => TRUE,
            (TRUE, other) => other,
            _ => EMPTY,
        },
        0x15 => |one, two| if one == EMPTY || two == EMPTY { EMPTY } else { told(one == two) },
        _ => return None,
    })
}

/// Apply an operator to each pair of values that two sets may have.
fn combined(left: u8, right: u8, operator: fn(u8, u8) -> u8) -> u8 {
    let mut found = 0;
    for one in [TRUE, FALSE, EMPTY] {
        for two in [TRUE, FALSE, EMPTY] {
            if left & one != 0 && right & two != 0 {
                found |= operator(one, two);
            }
        }
    }
    found
}
