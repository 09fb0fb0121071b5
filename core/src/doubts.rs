//! Which members of a resource the full lane has to look at, where it has something to tell.
//!
//! A member is out of doubt if nothing is wrong in it, and nothing in it has to do with other members:
//! no id, no address inside of the resource. The full lane looks at the others, and at the resource
//! as a whole.

use crate::judge::{Line, Place, good};
use crate::scan::{Seen, Span};
use crate::tables::{Check, Key, Kind, Layout};

impl<'a> Line<'_, 'a> {
    /// Note the questions of members that are out of doubt if these are answered well, and return
    /// the names of the others. A Bundle is in doubt as a whole.
    pub fn doubts(&mut self) -> Seen<Vec<Span>> {
        self.scan.skip_space();
        let number = self.type_at(self.scan.at)?;
        let layout = &self.tables.layouts[number as usize];
        good(layout.check != Check::Bundle)?;
        self.scan.sign(b'{')?;
        let mut doubtful = Vec::new();
        loop {
            let name = self.scan.text()?;
            good(!name.is_escaped)?;
            self.scan.sign(b':')?;
            let begun = self.scan.at;
            let key = layout.find(self.of(name.span));
            let inner = key.filter(|key| matches!(key.kind, Kind::Object(_)));
            if !inner.is_some_and(|key| self.is_out_of_doubt(key, layout, name.span)) {
                self.scan.at = begun;
                self.scan.skip_value()?;
                doubtful.push(name.span);
            }
            if !self.scan.has_more(b'}')? {
                break;
            }
        }
        self.scan.skip_space();
        good(self.scan.at == self.scan.data.len()).map(|()| doubtful)
    }

    fn is_out_of_doubt(&mut self, key: &'a Key, layout: &Layout, name: Span) -> bool {
        let mark = self.judge.questions.within(name);
        let is_good = self.value(key, layout, Place::at(1)).is_ok() && !self.is_entangled();
        if !is_good {
            self.judge.questions.take_back(mark);
            self.disentangle();
        }
        is_good
    }

    /// Whether something was read that has to do with other members.
    fn is_entangled(&self) -> bool {
        let noted = self.locals.len() + self.targets.len() + self.canonicals.len() + self.ids.len();
        noted > 0 || self.asks_member
    }

    fn disentangle(&mut self) {
        self.locals.clear();
        self.targets.clear();
        self.canonicals.clear();
        self.ids.clear();
        self.lists.clear();
        self.judge.rows.clear();
        self.asks_member = false;
        self.wanted_is_there = false;
    }
}
