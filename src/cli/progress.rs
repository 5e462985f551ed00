//! Progress of a build: one line that changes, for people only.

use super::terminal::Terminal;
use crate::pipeline::Step;
use indicatif::ProgressBar;
use std::sync::{Mutex, PoisonError};

/// The line of the step that is being done.
pub(super) struct ProgressLine<'a> {
    terminal: &'a Terminal,
    bar: Mutex<ProgressBar>,
}

impl ProgressLine<'_> {
    /// Nothing is shown before the first step.
    pub(super) fn new(terminal: &Terminal) -> ProgressLine<'_> {
        ProgressLine { terminal, bar: Mutex::new(ProgressBar::hidden()) }
    }

    /// Shows a step in the place of the one before.
    pub(super) fn tell(&self, step: Step) {
        if !self.terminal.interactive {
            return;
        }
        let next = match step {
            Step::File => {
                self.bar().inc(1);
                return;
            }
            Step::Read => self.terminal.spinner("อ่านไฟล์", "reading files"),
            Step::Check | Step::Site => self.terminal.spinner("ตรวจเนื้อหา", "checking"),
            Step::Handouts => self.terminal.spinner("ทำเอกสาร PDF", "making PDFs"),
            Step::Pages(pages) => self.terminal.progress(pages as u64, "สร้างหน้า", "making pages"),
            Step::Search => self.terminal.spinner("ทำการค้นหา", "making the search"),
            Step::Swap => self.terminal.spinner("เผยแพร่", "publishing"),
        };
        std::mem::replace(&mut *self.bar(), next).finish_and_clear();
    }

    /// Takes the line away.
    pub(super) fn done(&self) {
        self.bar().finish_and_clear();
    }

    fn bar(&self) -> std::sync::MutexGuard<'_, ProgressBar> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
