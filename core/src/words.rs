//! Eight bytes of a text looked at as one number.

pub const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte, by which bytes are marked.
pub const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Make a number of eight bytes.
pub fn word(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.try_into().unwrap_or([0; 8]))
}

/// Mark bytes that are equal to one; the lowest mark is right for certain.
pub fn equal(word: u64, byte: u8) -> u64 {
    let other = word ^ (ONES * byte as u64);
    other.wrapping_sub(ONES) & !other & HIGHS
}

/// Mark bytes from one to another; all of the word have to be of ASCII.
pub fn between(word: u64, first: u8, last: u8) -> u64 {
    let reaches = word + ONES * (0x80 - first) as u64;
    let exceeds = word + ONES * (0x7f - last) as u64;
    reaches & !exceeds & HIGHS
}

/// Where the first of some bytes stands in a text.
pub fn position<const N: usize>(text: &[u8], wanted: [u8; N]) -> Option<usize> {
    let mut words = text.chunks_exact(8);
    let mut at = 0;
    for bytes in &mut words {
        let eight = word(bytes);
        let found = wanted.iter().fold(0, |found, byte| found | equal(eight, *byte));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    words.remainder().iter().position(|byte| wanted.contains(byte)).map(|rest| at + rest)
}
