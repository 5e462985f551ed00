//! Every target of cargo-fuzz: the function that has the name of the binary. The functions are those that the tests of
//! the package run on mutated inputs.

#![no_main]

#[path = "../tests/suite/fuzz/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let name = env!("CARGO_BIN_NAME");
    let body = bodies::TARGETS.iter().find(|(target, _)| *target == name);
    body.expect("a function of this name").1(bytes);
});
