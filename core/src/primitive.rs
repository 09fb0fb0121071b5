//! Primitive values that are good for certain; of others nothing is said.

use crate::scan::hex;
use crate::words::{HIGHS, ONES, between, position, word};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Primitive {
    Boolean,
    Integer,
    UnsignedInt,
    PositiveInt,
    Decimal,
    String,
    Uri,
    Canonical,
    Base64,
    Xhtml,
    Date,
    DateTime,
    Instant,
    Time,
    Id,
    Code,
    Oid,
    Uuid,
}

impl Primitive {
    pub fn numbered(number: u8) -> Option<Primitive> {
        use Primitive::*;
        let listed = [
            Boolean,
            Integer,
            UnsignedInt,
            PositiveInt,
            Decimal,
            String,
            String,
            Uri,
            Uri,
            Canonical,
            Base64,
            Xhtml,
            Date,
            DateTime,
            Instant,
            Time,
            Id,
            Code,
            Oid,
            Uuid,
        ];
        listed.get(number as usize).copied()
    }
}

/// Characters of a string are counted by the full lane where there are so many bytes.
pub const MOST_BYTES: usize = 1_000_000;

/// Whether a whole number, as it is written, lies between two others.
pub fn is_between(written: &[u8], least: i64, most: i64) -> bool {
    let parsed = std::str::from_utf8(written).ok().and_then(|text| text.parse::<i64>().ok());
    parsed.is_some_and(|number| (least..=most).contains(&number))
}

/// Whether a byte begins a character that is no space: of ASCII, or of scripts in which all are.
fn is_ink(byte: u8) -> bool {
    (0x21..0x7f).contains(&byte) || matches!(byte, 0xc3..=0xc9 | 0xce..=0xdb | 0xe4..=0xed)
}

/// Whether something in a text, with its escapes, is more than space.
pub fn has_ink(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        if *byte != b'\\' && is_ink(*byte) {
            return true;
        }
        match text.get(at + 1) {
            Some(b'u') if *byte == b'\\' => {
                let code = text.get(at + 2..at + 6).and_then(hex).unwrap_or(0);
                if (0x21..0x7f).contains(&code) || (0xc0..0x250).contains(&code) {
                    return true;
                }
                at += 6;
            }
            Some(b'"' | b'\\' | b'/') if *byte == b'\\' => return true,
            Some(_) if *byte == b'\\' => at += 2,
            _ => at += 1,
        }
    }
    false
}

/// Whether a text is a word of ASCII: nothing in it but what can be seen.
pub fn is_word(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| (0x21..0x7f).contains(byte))
}

/// Whether a text is a code: words with a space between.
pub fn is_code(text: &[u8]) -> bool {
    is_word(text) || text.split(|byte| *byte == b' ').all(is_word)
}

pub fn is_id(text: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (1..=64).contains(&text.len()) && text.iter().all(is_part)
}

/// Whether a text begins with the scheme of an address.
pub fn has_scheme(text: &[u8]) -> bool {
    if !text.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    text.iter().find(|byte| !is_part(**byte)) == Some(&b':')
}

/// Whether a text is an address: a word, and a URN that is one if it begins like one.
pub fn is_address(text: &[u8]) -> bool {
    if !is_word(text) {
        return false;
    }
    if let Some(rest) = text.strip_prefix(b"urn:uuid:") {
        return is_bare_uuid(rest);
    }
    if let Some(rest) = text.strip_prefix(b"urn:oid:") {
        return is_bare_oid(rest);
    }
    let begins = |scheme: &[u8]| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    !begins(b"oid:") && !begins(b"uuid:")
}

pub fn is_bare_uuid(text: &[u8]) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 36
        && text.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => is_digit(*byte),
        })
}

fn is_bare_oid(text: &[u8]) -> bool {
    let mut arcs = text.split(|byte| *byte == b'.');
    let is_first = matches!(arcs.next(), Some(b"0" | b"1" | b"2"));
    let is_arc = |arc: &[u8]| {
        !arc.is_empty() && arc.iter().all(u8::is_ascii_digit) && (arc.len() == 1 || arc[0] != b'0')
    };
    is_first && text.len() > 1 && arcs.all(is_arc)
}

pub fn is_oid(text: &[u8]) -> bool {
    text.strip_prefix(b"urn:oid:").is_some_and(is_bare_oid)
}

pub fn is_uuid(text: &[u8]) -> bool {
    text.strip_prefix(b"urn:uuid:").is_some_and(is_bare_uuid)
}

/// Whether a text is base 64 in fours, perhaps with white space between.
pub fn is_base64(text: &[u8]) -> bool {
    let (mut count, mut filled) = (0, 0);
    let mut rest = text;
    while let Some(at) = position(rest, [b' ', b'\\', b'=']) {
        let (digits, sign) = rest.split_at(at);
        if !are_digits(digits) || (filled > 0 && at > 0) {
            return false;
        }
        count += at;
        let length = match sign {
            [b' ', ..] => 1,
            [b'\\', b'n' | b'r' | b't', ..] => 2,
            [b'=', ..] => {
                filled += 1;
                1
            }
            _ => return false,
        };
        rest = &sign[length..];
    }
    let is_ended = are_digits(rest) && (filled == 0 || rest.is_empty());
    count += rest.len();
    is_ended && count > 0 && filled <= 2 && (count + filled).is_multiple_of(4)
}

fn are_digits(text: &[u8]) -> bool {
    let words = text.chunks_exact(8);
    words.remainder().iter().all(|byte| is_of_base64(*byte)) && words.clone().all(are_of_base64)
}

/// Whether a byte is a digit of base 64.
fn is_of_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// The same of eight bytes at a time.
fn are_of_base64(bytes: &[u8]) -> bool {
    let eight = word(bytes);
    if eight & HIGHS != 0 {
        return false;
    }
    let letters = between(eight | (ONES * 0x20), b'a', b'z');
    let signs = between(eight, b'+', b'+') | between(eight, b'/', b'9');
    letters | signs == HIGHS
}

/// The value of digits; nothing where one of them is none.
fn number(digits: &[u8]) -> Option<u32> {
    let mut value = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + (*digit - b'0') as u32;
    }
    Some(value)
}

fn is_in(digits: &[u8], least: u32, most: u32) -> bool {
    number(digits).is_some_and(|value| (least..=most).contains(&value))
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// Whether ten bytes are a day that exists.
fn is_day(text: &[u8]) -> bool {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return false;
    }
    match (number(&text[..4]), number(&text[5..7]), number(&text[8..])) {
        (Some(year), Some(month), Some(day)) => {
            year > 0 && (1..=12).contains(&month) && day > 0 && day <= days_of(year, month)
        }
        _ => false,
    }
}

pub fn is_date(text: &[u8]) -> bool {
    match text.len() {
        10 => is_day(text),
        7 => text[4] == b'-' && is_in(&text[..4], 1, 9999) && is_in(&text[5..], 1, 12),
        4 => is_in(text, 1, 9999),
        _ => false,
    }
}

/// Whether a text is a time of day, perhaps with a fraction of a second.
pub fn is_time(text: &[u8]) -> bool {
    if text.len() < 8 || text[2] != b':' || text[5] != b':' {
        return false;
    }
    let is_clock =
        is_in(&text[..2], 0, 23) && is_in(&text[3..5], 0, 59) && is_in(&text[6..8], 0, 60);
    let rest = &text[8..];
    let has_fraction =
        rest.len() > 1 && rest[0] == b'.' && rest[1..].iter().all(u8::is_ascii_digit);
    is_clock && (rest.is_empty() || has_fraction)
}

fn is_offset(text: &[u8]) -> bool {
    if text.len() != 6 || !matches!(text[0], b'+' | b'-') || text[3] != b':' {
        return false;
    }
    &text[1..] == b"14:00" || (is_in(&text[1..3], 0, 13) && is_in(&text[4..], 0, 59))
}

pub fn is_instant(text: &[u8]) -> bool {
    if text.len() < 20 || text[10] != b'T' || !is_day(&text[..10]) {
        return false;
    }
    if text[text.len() - 1] == b'Z' {
        return is_time(&text[11..text.len() - 1]);
    }
    text.len() >= 25 && is_offset(&text[text.len() - 6..]) && is_time(&text[11..text.len() - 6])
}

pub fn is_date_time(text: &[u8]) -> bool {
    is_date(text) || is_instant(text)
}

/// Whether a period with these ends does not end before it begins, for certain.
pub fn is_in_order(start: &[u8], end: &[u8]) -> bool {
    if start.len() != end.len() || start > end {
        return false;
    }
    if start.len() <= 10 {
        return true;
    }
    let has_leap = |text: &[u8]| text.windows(3).any(|three| three == b":60");
    let zone = |text: &'_ [u8]| match text.last() {
        Some(b'Z') => b"Z".to_vec(),
        _ => text[text.len().saturating_sub(6)..].to_vec(),
    };
    !has_leap(start) && !has_leap(end) && zone(start) == zone(end)
}
