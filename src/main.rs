//! The command `sala`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sala::main()
}
