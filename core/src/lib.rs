//! The core of the fast lane: tells of most valid resources of FHIR R4 that they are.
//!
//! It runs as WebAssembly inside of Python (`machine.py`). Lines go in by batches; what comes out is a
//! verdict for each, and the questions that Python has to answer before it counts. It only accepts:
//! what is wrong with a line, the full lane tells.

mod asking;
mod bundle;
mod doubts;
mod elements;
mod exports;
mod formula;
mod hashing;
mod index;
mod judge;
mod memory;
mod narrative;
mod objects;
mod primitive;
mod question;
mod references;
mod resources;
mod scan;
mod tables;
mod types;
mod words;
