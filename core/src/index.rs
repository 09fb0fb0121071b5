//! Where a text stands in a list of texts.

use crate::words::word;

/// Marks a place of the table in which nothing stands.
const EMPTY: u16 = u16::MAX;

/// An open table of the numbers of texts, at most half full; the texts are kept by its owner.
pub struct Index {
    places: Box<[u16]>,
}

impl Index {
    /// Make the index of so many texts, of which the first of equal ones is found.
    pub fn new<'a>(count: usize, text: impl Fn(u16) -> &'a [u8]) -> Index {
        let mut made = Index { places: vec![EMPTY; (count * 2 + 1).next_power_of_two()].into() };
        for number in 0..count.min(EMPTY as usize) as u16 {
            let found = made.place(text(number), &text);
            if made.places[found] == EMPTY {
                made.places[found] = number;
            }
        }
        made
    }

    /// Return the number of a text.
    pub fn find<'a>(&self, wanted: &[u8], text: impl Fn(u16) -> &'a [u8]) -> Option<u16> {
        let found = self.places[self.place(wanted, text)];
        (found != EMPTY).then_some(found)
    }

    fn place<'a>(&self, wanted: &[u8], text: impl Fn(u16) -> &'a [u8]) -> usize {
        let mask = self.places.len() - 1;
        let mut place = hash(wanted) as usize & mask;
        while self.places[place] != EMPTY && text(self.places[place]) != wanted {
            place = (place + 1) & mask;
        }
        place
    }
}

/// A number that different texts mostly have different: of how they begin, how they end, and how
/// long they are.
fn hash(text: &[u8]) -> u32 {
    let (first, last) = match text.len() {
        8.. => (word(&text[..8]), word(&text[text.len() - 8..])),
        4.. => (half(&text[..4]), half(&text[text.len() - 4..])),
        _ => (text.iter().fold(0, |value, byte| value << 8 | *byte as u64), 0),
    };
    let mixed = (first ^ last.rotate_left(25) ^ text.len() as u64).wrapping_mul(MIXES);
    (mixed ^ mixed >> 32) as u32
}

fn half(bytes: &[u8]) -> u64 {
    u32::from_le_bytes(bytes.try_into().unwrap_or([0; 4])) as u64
}

const MIXES: u64 = 0x9e37_79b9_7f4a_7c15;
