//! What Python calls. Places in memory are told as numbers.

use std::cell::RefCell;

use crate::hashing::take_secret;
use crate::judge::Judge;
use crate::memory::Memory;
use crate::question::Questions;
use crate::tables::Tables;

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    tables: Option<Tables>,
    memory: Memory,
    questions: Questions,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Make room for so many bytes; return where they are to be written.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: u32) -> u32 {
    STATE.with_borrow_mut(|state| {
        if state.input.len() < length as usize {
            state.input.resize(length as usize, 0);
        }
        state.input.as_ptr() as u32
    })
}

/// Take the secret by which texts are hashed; it is told before anything else.
#[unsafe(no_mangle)]
pub extern "C" fn secret(one: u64, two: u64) {
    take_secret([one, two]);
}

/// Take the tables that were written; return 1 if they could be read.
#[unsafe(no_mangle)]
pub extern "C" fn load(length: u32) -> u32 {
    STATE.with_borrow_mut(|state| {
        state.tables = state.input.get(..length as usize).and_then(Tables::read);
        state.input = Vec::new();
        state.tables.is_some() as u32
    })
}

/// Judge lines that were written one after the other, after the ends of all of them as numbers;
/// return where the answer is (see `Questions::written`), 0 where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn judge(lines: u32, length: u32) -> u32 {
    with_lines(lines, length, |judge, number, line, _| judge.accepts(number, line))
}

/// Tell of lines, written as for `judge`, which members the full lane has to look at.
#[unsafe(no_mangle)]
pub extern "C" fn doubts(lines: u32, length: u32) -> u32 {
    with_lines(lines, length, |judge, number, line, told| {
        let found = judge.doubts(number, line);
        let is_known = found.is_some();
        let members = found.into_iter().flatten();
        told.extend(members.map(|member| [number as u32, member.start, member.end]));
        is_known
    })
}

fn with_lines(
    lines: u32,
    length: u32,
    look: impl Fn(&mut Judge, usize, &[u8], &mut Vec<[u32; 3]>) -> bool,
) -> u32 {
    STATE.with_borrow_mut(|state| {
        let (Some(tables), Some(written)) = (&state.tables, state.input.get(..length as usize))
        else {
            return 0;
        };
        let Some((ends, data)) = written.split_at_checked(4 * lines as usize) else { return 0 };
        let mut judge = Judge::new(tables, &state.memory);
        let mut start = 0;
        let mut doubts = Vec::new();
        let mut verdicts = Vec::with_capacity(lines as usize);
        for (number, end) in ends.chunks_exact(4).enumerate() {
            let end = u32::from_le_bytes(end.try_into().unwrap_or([0; 4])) as usize;
            let line = data.get(start..end).unwrap_or(&[]);
            verdicts.push(look(&mut judge, number, line, &mut doubts));
            start = end;
        }
        state.questions = judge.questions;
        state.output = state.questions.written(&verdicts, &doubts);
        state.output.as_ptr() as u32
    })
}

/// Keep the answers to questions of the last batch, of which the numbers were written.
#[unsafe(no_mangle)]
pub extern "C" fn remember(count: u32) {
    STATE.with_borrow_mut(|state| {
        let written = state.input.get(..4 * count as usize).unwrap_or(&[]);
        for number in written.chunks_exact(4) {
            let number = u32::from_le_bytes(number.try_into().unwrap_or([0; 4]));
            state.questions.answered(number as usize, &mut state.memory);
        }
    });
}

/// Forget all answers.
#[unsafe(no_mangle)]
pub extern "C" fn forget() {
    STATE.with_borrow_mut(|state| state.memory.forget());
}
