//! JSON, read byte by byte: what stands where, and no value made of it.

use crate::words::{HIGHS, ONES, equal, word};

/// What is read is not known to be good; the full lane looks at it.
#[derive(Debug)]
pub struct Refused;

pub type Seen<T> = Result<T, Refused>;

/// A stretch of a line, from its first byte to the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub const NOWHERE: Span = Span { start: u32::MAX, end: u32::MAX };

    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    pub fn is_somewhere(self) -> bool {
        self.start != u32::MAX
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same without its first bytes.
    pub fn after(self, count: usize) -> Span {
        Span { start: self.start + count as u32, end: self.end }
    }

    pub fn of(self, data: &[u8]) -> &[u8] {
        data.get(self.start as usize..self.end as usize).unwrap_or(&[])
    }
}

/// What stands between two quotation marks.
#[derive(Clone, Copy)]
pub struct Text {
    pub span: Span,
    pub is_escaped: bool,
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub struct Number {
    pub span: Span,
    pub is_whole: bool,
}

/// Where a line is read.
pub struct Scanner<'a> {
    pub data: &'a [u8],
    pub at: usize,
}

/// Marks the bytes of a word that end a plain stretch of text; the lowest mark is right for certain.
fn marks(word: u64) -> u64 {
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    (equal(word, b'"') | equal(word, b'\\') | is_control) & HIGHS
}

impl<'a> Scanner<'a> {
    pub fn peek(&self) -> u8 {
        self.data.get(self.at).copied().unwrap_or(0)
    }

    pub fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Take one sign, and the space around it.
    pub fn sign(&mut self, wanted: u8) -> Seen<()> {
        self.skip_space();
        if self.peek() != wanted {
            return Err(Refused);
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    /// Take the comma before another member, or the bracket that closes; tell which it was.
    pub fn has_more(&mut self, closing: u8) -> Seen<bool> {
        self.skip_space();
        let found = self.peek();
        self.at += 1;
        if found == b',' {
            self.skip_space();
            return Ok(true);
        }
        if found == closing { Ok(false) } else { Err(Refused) }
    }

    /// Take a text; refused where it holds what no string of FHIR may hold.
    pub fn text(&mut self) -> Seen<Text> {
        if self.peek() != b'"' {
            return Err(Refused);
        }
        self.at += 1;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            self.skip_plain();
            match self.data.get(self.at) {
                Some(b'"') => {
                    let span = Span::new(start, self.at);
                    self.at += 1;
                    return Ok(Text { span, is_escaped });
                }
                Some(b'\\') => {
                    is_escaped = true;
                    self.skip_escape()?;
                }
                Some(byte) if *byte >= 0x20 => self.at += 1,
                _ => return Err(Refused),
            }
        }
    }

    fn skip_plain(&mut self) {
        while let Some(bytes) = self.data.get(self.at..self.at + 8) {
            let found = marks(word(bytes));
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                return;
            }
            self.at += 8;
        }
    }

    /// Pass over an escaped character that a string may hold: no control character, no half of a pair.
    fn skip_escape(&mut self) -> Seen<()> {
        match self.data.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let code = self.data.get(self.at + 2..self.at + 6).and_then(hex).ok_or(Refused)?;
                if code < 0x20 || (0xd800..0xe000).contains(&code) {
                    return Err(Refused);
                }
                self.at += 6;
            }
            _ => return Err(Refused),
        }
        Ok(())
    }

    /// Take a number without an exponent, of at most so many bytes as people write.
    pub fn number(&mut self) -> Seen<Number> {
        let start = self.at;
        if self.peek() == b'-' {
            self.at += 1;
        }
        let first = self.at;
        self.skip_digits()?;
        if self.data[first] == b'0' && self.at > first + 1 {
            return Err(Refused);
        }
        let is_whole = self.peek() != b'.';
        if !is_whole {
            self.at += 1;
            self.skip_digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') || self.at - start > LONGEST_NUMBER {
            return Err(Refused);
        }
        Ok(Number { span: Span::new(start, self.at), is_whole })
    }

    fn skip_digits(&mut self) -> Seen<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { Err(Refused) } else { Ok(()) }
    }

    /// Pass over a value, whatever it is; only its brackets are looked at.
    pub fn skip_value(&mut self) -> Seen<()> {
        let mut depth = 0;
        loop {
            match self.peek() {
                b'"' => {
                    self.text()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                0 => return Err(Refused),
                b',' | b'}' | b']' if depth == 0 => return Ok(()),
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.peek(), b',' | b'}' | b']') {
                return Ok(());
            }
        }
    }

    /// Take a null if it stands here.
    pub fn null(&mut self) -> bool {
        let is_here = self.data.get(self.at..).is_some_and(|rest| rest.starts_with(b"null"));
        if is_here {
            self.at += 4;
        }
        is_here
    }

    /// Take true or false.
    pub fn flag(&mut self) -> Seen<Span> {
        let start = self.at;
        let rest = self.data.get(start..).unwrap_or(&[]);
        self.at += match () {
            () if rest.starts_with(b"true") => 4,
            () if rest.starts_with(b"false") => 5,
            () => return Err(Refused),
        };
        Ok(Span::new(start, self.at))
    }
}

const LONGEST_NUMBER: usize = 60;

/// The value of four digits of base sixteen.
pub fn hex(digits: &[u8]) -> Option<u32> {
    let mut value = 0;
    for digit in digits {
        value = value * 16 + (*digit as char).to_digit(16)?;
    }
    Some(value)
}
