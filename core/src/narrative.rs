//! Narratives that are good at first sight: plain XHTML with something to read.
//!
//! Which elements stand in which, and with which attributes, comes with the tables; how they are
//! judged is what `narratives/` does, but for what is rare, which is left to it.

use crate::index::Index;
use crate::scan::hex;
use crate::words::position;

/// Elements in each other.
const DEEPEST: usize = 12;
const ROOT: &[u8] = b"<div xmlns=\"http://www.w3.org/1999/xhtml\"";
const ATTRIBUTES_OF_ROOT: [&[u8]; 4] = [b"class", b"style", b"lang", b"xml:lang"];

/// An element of HTML.
pub struct Tag {
    pub name: Box<[u8]>,
    /// The elements that may stand in it, by their numbers.
    pub children: u64,
    pub holds_text: bool,
    /// Elements that may not be around it.
    pub not_around: u64,
    pub attributes: Box<[Box<[u8]>]>,
    /// The attribute that leads somewhere, if it has one.
    pub link: Box<[u8]>,
}

/// The elements that a narrative may have; the first is that of its root.
pub struct Tags {
    tags: Box<[Tag]>,
    index: Index,
}

impl Tags {
    pub fn new(tags: Box<[Tag]>) -> Option<Tags> {
        let index = Index::new(tags.len(), |number| &tags[number as usize].name);
        let is_whole = tags.len() <= 64 && tags.first().is_some_and(|tag| *tag.name == *b"div");
        is_whole.then_some(Tags { tags, index })
    }

    /// Whether a narrative, as JSON writes it, is good for certain; `scratch` is room to work in.
    pub fn are_plain(&self, content: &[u8], scratch: &mut Vec<u8>) -> bool {
        unescape(content, scratch);
        let (tags, index, text) = (&self.tags, &self.index, &scratch[..]);
        let mut reading =
            Reading { tags, index, text, at: ROOT.len(), open: Vec::new(), has_text: false };
        text.starts_with(ROOT) && !holds_no_character(text) && reading.whole().is_some()
    }
}

/// Whether there may be one of the two characters that XML does not let in.
fn holds_no_character(text: &[u8]) -> bool {
    text.windows(2).any(|pair| pair == b"\xef\xbf")
}

/// Write what a text of JSON says; its escapes are known to be good.
fn unescape(content: &[u8], into: &mut Vec<u8>) {
    into.clear();
    let mut rest = content;
    while let Some(at) = position(rest, [b'\\']) {
        into.extend_from_slice(&rest[..at]);
        let sign = rest.get(at + 1).copied().unwrap_or(b' ');
        let mut length = 2;
        match sign {
            b'n' => into.push(b'\n'),
            b'r' => into.push(b'\r'),
            b't' => into.push(b'\t'),
            b'u' => {
                length = 6;
                let code = rest.get(at + 2..at + 6).and_then(hex).and_then(char::from_u32);
                let mut room = [0; 4];
                into.extend_from_slice(code.unwrap_or(' ').encode_utf8(&mut room).as_bytes());
            }
            _ => into.push(sign),
        }
        rest = rest.get(at + length..).unwrap_or(&[]);
    }
    into.extend_from_slice(rest);
}

struct Reading<'a> {
    tags: &'a [Tag],
    index: &'a Index,
    text: &'a [u8],
    at: usize,
    /// The elements around a place, by their numbers, the innermost last.
    open: Vec<u8>,
    has_text: bool,
}

impl<'a> Reading<'a> {
    /// Read a narrative to its end; nothing where it is not good for certain.
    fn whole(&mut self) -> Option<()> {
        let is_closed = self.attributes(&ATTRIBUTES_OF_ROOT, &[])?;
        holds(!is_closed)?;
        self.open.push(0);
        while let Some(inner) = self.open.last() {
            self.words(self.tags[*inner as usize].holds_text)?;
            self.take(b'<')?;
            if self.peek() == b'/' { self.close()? } else { self.begin()? }
        }
        holds(self.has_text && self.text[self.at..].iter().all(u8::is_ascii_whitespace))
    }

    /// Read a tag that begins an element, or is one.
    fn begin(&mut self) -> Option<()> {
        let name = self.name();
        let number = self.index.find(name, |number| &self.tags[number as usize].name)?;
        let tag = &self.tags[number as usize];
        let parent = &self.tags[*self.open.last()? as usize];
        let around = self.open.iter().fold(0_u64, |bits, open| bits | 1 << open);
        holds(parent.children >> number & 1 == 1 && around & tag.not_around == 0)?;
        self.has_text |= name == b"img";
        let attributes: &'a [Box<[u8]>] = &tag.attributes;
        let is_closed = self.attributes(attributes, &tag.link)?;
        if !is_closed {
            holds(self.open.len() < DEEPEST)?;
            self.open.push(number as u8);
        }
        Some(())
    }

    /// Read the tag that ends the innermost element.
    fn close(&mut self) -> Option<()> {
        self.at += 1;
        let name = self.name();
        let inner = self.open.pop()?;
        holds(*self.tags[inner as usize].name == *name)?;
        self.take(b'>')
    }

    /// Read the attributes of a tag and what closes it; tell whether the element is closed too.
    fn attributes<T: AsRef<[u8]>>(&mut self, allowed: &[T], link: &[u8]) -> Option<bool> {
        let mut seen: Vec<&[u8]> = Vec::new();
        loop {
            let is_apart = self.skip_space();
            match self.peek() {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    self.take(b'>')?;
                    return Some(true);
                }
                _ => {
                    let (name, value) = self.attribute()?;
                    holds(is_apart && !seen.contains(&name))?;
                    let is_link = !link.is_empty() && name == link;
                    let is_allowed = allowed.iter().any(|one| one.as_ref() == name);
                    holds(if is_link { leads_well(value) } else { is_allowed })?;
                    seen.push(name);
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        let start = self.at;
        while self.peek().is_ascii_lowercase() || self.peek() == b':' {
            self.at += 1;
        }
        let name = &self.text[start..self.at];
        self.take(b'=')?;
        let quote = self.peek();
        holds(matches!(quote, b'"' | b'\''))?;
        let rest = &self.text[self.at + 1..];
        let length = rest.iter().position(|byte| *byte == quote)?;
        let value = &rest[..length];
        self.at += length + 2;
        holds(!value.iter().any(|byte| matches!(byte, b'<' | b'&' | b'>'))).map(|()| (name, value))
    }

    /// Read up to the next tag.
    fn words(&mut self, may_be: bool) -> Option<()> {
        loop {
            self.skip_space();
            let first = self.peek();
            if first == b'<' {
                return Some(());
            }
            holds(may_be)?;
            let rest = &self.text[self.at..];
            if first == b'&' {
                self.at = self.text.len() - entity(rest)?.len();
                continue;
            }
            self.at += position(rest, [b'<', b'>', b'&'])?;
            holds(self.peek() != b'>')?;
            self.has_text |= (0x21..0x7f).contains(&first);
        }
    }

    fn skip_space(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
        self.at > start
    }

    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        holds(self.peek() == wanted)?;
        self.at += 1;
        Some(())
    }

    fn name(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_ascii_lowercase() || self.peek().is_ascii_digit() {
            self.at += 1;
        }
        &self.text[start..self.at]
    }
}

fn holds(is_so: bool) -> Option<()> {
    is_so.then_some(())
}

/// Return what stands after an entity of XML, or a character that can be seen, told by its number.
fn entity(text: &[u8]) -> Option<&[u8]> {
    for name in [&b"&lt;"[..], b"&gt;", b"&amp;", b"&quot;", b"&apos;"] {
        if let Some(rest) = text.strip_prefix(name) {
            return Some(rest);
        }
    }
    let digits = text.strip_prefix(b"&#")?;
    let length = digits.iter().position(|byte| *byte == b';')?;
    let code = std::str::from_utf8(&digits[..length]).ok()?.parse::<u32>().ok()?;
    let is_seen = (0x21..0x7f).contains(&code) || (0xa0..0xd800).contains(&code);
    (is_seen && digits[0].is_ascii_digit()).then_some(&digits[length + 1..])
}

/// How addresses begin that lead nowhere else, or run.
const NO_WAY_OUT: [&[u8]; 6] = [b"#", b"data:", b"urn:", b"cid:", b"javascript", b"vbscript"];

/// Whether the address of a link or a picture is one that leads out of the resource.
fn leads_well(address: &[u8]) -> bool {
    let is_sign =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"_;?:@=+$.,/%-~#[]!'()*|".contains(byte);
    let begins = |scheme: &[u8]| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    !address.is_empty() && address.iter().all(is_sign) && !NO_WAY_OUT.iter().any(|way| begins(way))
}
