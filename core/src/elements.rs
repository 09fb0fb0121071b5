//! Elements: primitives, and what holds others.

use crate::judge::{HL7, Line, Place, good};
use crate::objects::Listed;
use crate::primitive::{self, Primitive};
use crate::question::Kind as Asked;
use crate::scan::{Refused, Seen, Span, Text};
use crate::tables::{Check, Key, Kind, Layout, NONE, ValueSet};

impl<'a> Line<'_, 'a> {
    /// Read what stands under a key; where it is one primitive, tell where.
    pub fn value(&mut self, key: &'a Key, owner: &Layout, around: Place) -> Seen<Span> {
        if !key.is_list {
            return self.one(key, owner, around);
        }
        self.scan.sign(b'[')?;
        let mut count = 0;
        let mut nulls = 0;
        let is_plain = matches!(key.kind, Kind::Primitive(_));
        loop {
            if is_plain && self.scan.null() {
                good(count < 64)?;
                nulls |= 1 << count;
            } else {
                self.one(key, owner, around)?;
            }
            count += 1;
            if !self.scan.has_more(b']')? {
                break;
            }
        }
        good(count <= key.maximum)?;
        if is_plain {
            let (row, maximum) = (key.row, key.maximum);
            self.lists.push(Listed {
                row,
                maximum,
                is_of_companions: false,
                count,
                nulls,
                bare: 0,
            });
        }
        Ok(Span::NOWHERE)
    }

    fn one(&mut self, key: &'a Key, owner: &Layout, around: Place) -> Seen<Span> {
        match key.kind {
            Kind::Primitive(kind) => self.primitive(key, kind, owner),
            Kind::Object(layout) => {
                let mut place = Place::at(around.depth + 1);
                place.targets = key.targets;
                place.leads_inside = key.leads_inside;
                if around.wanted != NONE && &*key.text == b"coding" {
                    place.wanted = around.wanted;
                }
                place.is_in_extension =
                    owner.check == Check::Extension && &*key.text == b"extension";
                let links = self.bundle.as_ref().map_or(0, |bundle| bundle.links.len());
                if key.value_set == NONE {
                    self.object(layout, place)?;
                } else {
                    self.bound(key, layout, place)?;
                }
                if let (Check::BundleEntry, Some(bundle)) = (owner.check, &mut self.bundle) {
                    bundle.links.truncate(links);
                }
                Ok(Span::NOWHERE)
            }
            Kind::Resource => {
                self.inner_resource(key, around.depth + 1)?;
                Ok(Span::NOWHERE)
            }
            Kind::Strange => Err(Refused),
        }
    }

    /// Read a concept that has to have a code of a value set.
    fn bound(&mut self, key: &Key, layout: u16, mut place: Place) -> Seen<()> {
        place.wanted = key.value_set;
        let is_listed =
            matches!(self.tables.value_sets[key.value_set as usize], ValueSet::Listed { .. });
        let around = std::mem::replace(&mut self.wanted_is_there, false);
        self.object(layout, place)?;
        good(self.wanted_is_there || !is_listed)?;
        self.wanted_is_there = around;
        Ok(())
    }

    fn primitive(&mut self, key: &Key, kind: Primitive, owner: &Layout) -> Seen<Span> {
        match kind {
            Primitive::Boolean => return self.scan.flag(),
            Primitive::Decimal => return Ok(self.scan.number()?.span),
            Primitive::Integer | Primitive::UnsignedInt | Primitive::PositiveInt => {
                let number = self.scan.number()?;
                let least = match kind {
                    Primitive::Integer => i32::MIN as i64,
                    Primitive::UnsignedInt => 0,
                    _ => 1,
                };
                let written = self.of(number.span);
                good(number.is_whole && primitive::is_between(written, least, i32::MAX as i64))?;
                return Ok(number.span);
            }
            _ => {}
        }
        let text = self.scan.text()?;
        let content = self.of(text.span);
        good(content.len() <= primitive::MOST_BYTES || kind == Primitive::Base64)?;
        good(!content.is_empty())?;
        match kind {
            Primitive::String => good(primitive::has_ink(content))?,
            Primitive::Xhtml => self.narrative(text)?,
            Primitive::Base64 => good(primitive::is_base64(content))?,
            _ => self.plain(key, kind, owner, text)?,
        }
        if text.is_escaped && (key.capture.is_some() || key.is_looked_at) {
            return Err(Refused);
        }
        if key.is_element_id {
            good(!text.is_escaped && primitive::is_word(content))?;
            self.ids.push(text.span);
        }
        Ok(text.span)
    }

    /// Judge a text that has no escapes by what it is.
    fn plain(&mut self, key: &Key, kind: Primitive, owner: &Layout, text: Text) -> Seen<()> {
        good(!text.is_escaped)?;
        let content = self.of(text.span);
        good(match kind {
            Primitive::Uri | Primitive::Canonical => primitive::is_address(content),
            Primitive::Date => primitive::is_date(content),
            Primitive::DateTime => primitive::is_date_time(content),
            Primitive::Instant => primitive::is_instant(content),
            Primitive::Time => primitive::is_time(content),
            Primitive::Id => primitive::is_id(content),
            Primitive::Code => primitive::is_code(content),
            Primitive::Oid => primitive::is_oid(content),
            Primitive::Uuid => primitive::is_uuid(content),
            _ => false,
        })?;
        if matches!(kind, Primitive::Uri | Primitive::Canonical) {
            self.note_address(kind, owner, text.span)?;
        }
        if key.value_set != NONE { self.is_code_of(key.value_set, text.span) } else { Ok(()) }
    }

    fn note_address(&mut self, kind: Primitive, owner: &Layout, span: Span) -> Seen<()> {
        let content = self.of(span);
        if owner.check == Check::Meta && kind == Primitive::Canonical {
            good(primitive::has_scheme(content) && !content.starts_with(HL7))?;
        }
        if content[0] == b'#' {
            self.names_container |= content.len() == 1;
            self.targets.push(span.after(1));
            if kind == Primitive::Canonical {
                self.canonicals.push(span.after(1));
            }
            return Ok(());
        }
        good(kind == Primitive::Uri || primitive::has_scheme(content))
    }

    pub fn is_code_of(&mut self, value_set: u16, span: Span) -> Seen<()> {
        match &self.tables.value_sets[value_set as usize] {
            ValueSet::Listed { all, .. } => good(all.has(self.of(span))),
            ValueSet::Form => {
                self.ask_kept(Asked::Code, value_set as u32, [span, Span::NOWHERE, Span::NOWHERE]);
                Ok(())
            }
            ValueSet::Anything => Ok(()),
        }
    }

    fn narrative(&mut self, text: Text) -> Seen<()> {
        let content = self.of(text.span);
        if !self.tables.tags.are_plain(content, &mut self.judge.scratch) {
            let whole = Span { start: text.span.start - 1, end: text.span.end + 1 };
            self.judge.questions.ask(Asked::Narrative, 0, &[whole], None);
        }
        Ok(())
    }
}
