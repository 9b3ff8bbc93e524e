#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code, reason = "each target has one of them")]
mod checks;
#[path = "../../src/redact/mod.rs"]
#[allow(dead_code, unused_imports, reason = "not all of it is for a file")]
mod redact;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::archive(data));
