//! Hashes that nobody can foresee who does not know a secret: lines may be made up so that their
//! parts collide, which would make each look-up as long as all before it.
//!
//! SipHash with one round for each word and three at the end; Aumasson and Bernstein, SipHash: a fast
//! short-input PRF, 2012, https://www.aumasson.jp/siphash/siphash.pdf.

use std::cell::Cell;
use std::hash::Hasher;

use crate::words::word;

thread_local! {
    static SECRET: Cell<[u64; 2]> = const { Cell::new([0; 2]) };
}

/// Take the secret of all hashes that are begun from now on.
pub fn take_secret(secret: [u64; 2]) {
    SECRET.set(secret);
}

pub struct Keyed([u64; 4]);

impl Default for Keyed {
    fn default() -> Keyed {
        let [one, two] = SECRET.get();
        Keyed([
            one ^ 0x736f_6d65_7073_6575,
            two ^ 0x646f_7261_6e64_6f6d,
            one ^ 0x6c79_6765_6e65_7261,
            two ^ 0x7465_6462_7974_6573,
        ])
    }
}

impl Hasher for Keyed {
    fn finish(&self) -> u64 {
        let mut state = self.0;
        state[2] ^= 0xff;
        for _ in 0..3 {
            round(&mut state);
        }
        state.iter().fold(0, |value, one| value ^ one)
    }

    /// Take bytes; each call counts how many there were.
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for eight in &mut words {
            self.take(word(eight));
        }
        let mut last = [0; 8];
        last[..words.remainder().len()].copy_from_slice(words.remainder());
        last[7] = bytes.len() as u8;
        self.take(u64::from_le_bytes(last));
    }
}

impl Keyed {
    fn take(&mut self, word: u64) {
        self.0[3] ^= word;
        round(&mut self.0);
        self.0[0] ^= word;
    }
}

fn round(state: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *state;
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    *state = [a, b, c, d];
}
