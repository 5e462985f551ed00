//! `sala serve`: the preview with its messages.

use super::args::ServeArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::model::Lang;
use crate::preview::{self, Event, Options, live::Live};
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(root: &Path, args: &ServeArgs, terminal: &Terminal) -> Exit {
    if args.edit && !args.address.is_loopback() {
        terminal.error(
            "--edit เปิดได้บนเครื่องนี้เท่านั้น เอา --address ออก",
            "--edit works on this machine only: leave --address out",
        );
        return Exit::Usage;
    }
    let options = Options {
        address: args.address,
        port: args.port,
        drafts: args.drafts,
        epoch: source_date_epoch(),
        edit: args.edit.then_some(terminal.lang),
    };
    let listener = match preview::listen(&options) {
        Ok(listener) => listener,
        Err(error) => return refused(&options, &error, terminal),
    };
    if !args.address.is_loopback() {
        terminal.message(terminal.say(
            "คำเตือน: เครื่องอื่นในเครือข่ายเดียวกันเปิดดูเว็บตัวอย่างนี้ได้",
            "warning: other machines on your network can see this preview",
        ));
    }
    let live = Arc::new(Live::default());
    on_interrupt(&live);
    let (own, open, place) = (*terminal, args.open, if args.edit { ".sala/edit/" } else { "" });
    let tell = move |event: Event<'_>| match event {
        Event::Ready(address) => {
            own.data(&format!("http://{address}/{place}"));
            own.message(own.say("กด Ctrl-C เพื่อหยุด", "press Ctrl-C to stop"));
            if open {
                open_browser(&format!("http://{address}/{place}"));
            }
        }
        Event::Shown(took, found) => {
            own.diagnostics(found);
            let millis = took.as_secs_f64() * 1000.0;
            own.message(&match own.lang {
                Lang::TH => format!("แสดงผลแล้ว ใน {millis:.0} มิลลิวินาที"),
                _ => format!("shown in {millis:.0} ms"),
            });
        }
        Event::Kept(_, found) => {
            own.diagnostics(found);
            own.message(own.say(
                "เว็บตัวอย่างยังแสดงสภาพก่อนหน้าจนกว่าจะแก้ข้อผิดพลาด",
                "the preview keeps its last valid state until the errors are corrected",
            ));
        }
        Event::Polling(reason) => own.message(&match own.lang {
            Lang::TH => format!("ระบบแจ้งการเปลี่ยนแปลงของไฟล์ใช้ไม่ได้ ({reason}) จึงตรวจทุกหนึ่งวินาทีแทน"),
            _ => format!("the system does not tell of changed files ({reason}); looking every second instead"),
        }),
    };
    match preview::run(root, &options, listener, &live, Box::new(tell)) {
        Ok(()) => {
            terminal.message(terminal.say("หยุดแล้ว", "stopped"));
            Exit::Done
        }
        Err(error) => refused(&options, &error, terminal),
    }
}

fn refused(options: &Options, error: &std::io::Error, terminal: &Terminal) -> Exit {
    let (address, port) = (options.address, options.port.unwrap_or(preview::PORT));
    if error.kind() == std::io::ErrorKind::AddrInUse {
        terminal.error(
            &format!("พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่นด้วย --port"),
            &format!("port {port} is used by another program; choose another with --port"),
        );
    } else {
        terminal.error(
            &format!("เปิด {address} พอร์ต {port} ไม่ได้: {error}"),
            &format!("cannot open {address} port {port}: {error}"),
        );
    }
    Exit::Machine
}

#[cfg(unix)]
fn on_interrupt(live: &Arc<Live>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
        return;
    };
    let live = live.clone();
    let _ = std::thread::Builder::new().name("signals".into()).spawn(move || {
        for _ in signals.forever() {
            if live.is_stopped() {
                std::process::exit(130);
            }
            live.stop();
        }
    });
}

#[cfg(not(unix))]
fn on_interrupt(_: &Arc<Live>) {}

/// Opens the address in the system's browser; nothing happens where that fails.
fn open_browser(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        std::process::Command::new("open")
    } else if cfg!(windows) {
        let mut command = std::process::Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        std::process::Command::new("xdg-open")
    };
    use std::process::Stdio;
    let _ = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
