//! Publishing: refusals, carry-over, times kept, recovery, atomicity.

use std::fs;
use std::path::Path;

use sala::internals::output::{MANIFEST, ProtectedPaths, PublishError, Sink, Staging, UnsafeFolder};

/// The kind of an error, for comparing.
fn kind(error: &PublishError) -> &'static str {
    match error {
        PublishError::Refused(UnsafeFolder::NotAFolder, _) => "not-a-folder",
        PublishError::Refused(UnsafeFolder::Symlink, _) => "symlink",
        PublishError::Refused(UnsafeFolder::InsideSource, _) => "inside-source",
        PublishError::Refused(..) => "refused",
        PublishError::Locked(..) => "locked",
        PublishError::Path(..) => "bad-path",
        PublishError::ForeignFile(_) | PublishError::NotMadeHere(_) => "foreign-file",
        PublishError::BadManifest(_) => "bad-manifest",
        PublishError::Io(..) => "io",
        PublishError::Stopped => "stopped",
    }
}

fn build(out: &Path, files: &[(&str, &str)]) -> Result<sala::internals::output::Report, PublishError> {
    let staging = Staging::begin(out, &ProtectedPaths::default())?;
    for (path, text) in files {
        staging.put(path, text.as_bytes().to_vec())?;
    }
    staging.commit()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn builds_replaces_and_carries_over() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    let report = build(&out, &[("index.html", "1"), ("a/b.html", "2"), ("gone/x.html", "3")]).unwrap();
    assert_eq!((report.written, report.unchanged, report.bytes), (3, 0, 3));
    fs::write(out.join("CNAME"), "a.th").unwrap();
    fs::create_dir(out.join("mine")).unwrap();
    fs::write(out.join("mine/x.txt"), "y").unwrap();
    let before = fs::metadata(out.join("index.html")).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let report = build(&out, &[("index.html", "1"), ("a/b.html", "new")]).unwrap();
    assert_eq!((report.written, report.unchanged, report.removed, report.carried), (1, 1, 1, 2));
    assert_eq!(read(out.join("a/b.html")), "new");
    assert_eq!(read(out.join("mine/x.txt")), "y");
    assert_eq!(read(out.join("CNAME")), "a.th");
    assert!(!out.join("gone").exists());
    assert_eq!(fs::metadata(out.join("index.html")).unwrap().modified().unwrap(), before);
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["public"]);
}

#[test]
fn a_file_changed_by_others_is_rewritten_and_goes_with_its_page() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("index.html", "1"), ("old.html", "2")]).unwrap();
    fs::write(out.join("index.html"), "X").unwrap();
    fs::write(out.join("old.html"), "minified").unwrap();
    fs::write(out.join("mine.html"), "m").unwrap();
    let report = build(&out, &[("index.html", "1")]).unwrap();
    assert_eq!((report.removed, report.carried), (1, 1));
    assert_eq!((read(out.join("index.html")), read(out.join("mine.html"))), ("1".into(), "m".into()));
    assert!(!out.join("old.html").exists(), "a withdrawn page stays published");
}

#[test]
fn failing_builds_leave_everything() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("index.html", "1")]).unwrap();
    let bad = build(&out, &[("index.html", "2"), ("../x", "3")]).unwrap_err();
    assert_eq!(kind(&bad), "bad-path");
    let twice = build(&out, &[("a.html", "2"), ("A.html", "3")]).unwrap_err();
    assert_eq!(kind(&twice), "bad-path");
    fs::write(out.join("mine.html"), "m").unwrap();
    let foreign = build(&out, &[("mine.html", "2")]).unwrap_err();
    assert_eq!(kind(&foreign), "foreign-file");
    assert_eq!((read(out.join("index.html")), read(out.join("mine.html"))), ("1".into(), "m".into()));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn refuses_what_is_not_ours() {
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path();
    let refusal = |out: &Path, protected: &ProtectedPaths| match Staging::begin(out, protected) {
        Err(PublishError::Refused(why, _)) => Some(why),
        Err(other) => panic!("{other}"),
        Ok(_) => None,
    };
    let none = ProtectedPaths::default();
    fs::create_dir(base.join("full")).unwrap();
    fs::write(base.join("full/x"), "x").unwrap();
    assert_eq!(refusal(&base.join("full"), &none), Some(UnsafeFolder::NotOurs));
    fs::create_dir(base.join("empty")).unwrap();
    assert_eq!(refusal(&base.join("empty"), &none), None);
    assert_eq!(refusal(&base.join("full/x"), &none), Some(UnsafeFolder::NotAFolder));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(base.join("empty"), base.join("link")).unwrap();
        assert_eq!(refusal(&base.join("link"), &none), Some(UnsafeFolder::Symlink));
        assert_eq!(refusal(Path::new("/proc"), &none), Some(UnsafeFolder::MountPoint));
        assert_eq!(refusal(Path::new("/"), &none), Some(UnsafeFolder::MountPoint));
    }
    fs::create_dir_all(base.join("portal/content")).unwrap();
    let protected = ProtectedPaths { portal: base.join("portal"), sources: vec![base.join("portal/content")] };
    assert_eq!(refusal(&base.join("portal"), &protected), Some(UnsafeFolder::ContainsPortal));
    assert_eq!(refusal(base, &protected), Some(UnsafeFolder::ContainsPortal));
    assert_eq!(refusal(&base.join("portal/content/out"), &protected), Some(UnsafeFolder::InsideSource));
    assert_eq!(refusal(&base.join("portal/public"), &protected), None);
    assert_eq!(read(base.join("full/x")), "x");
}

#[test]
fn recovers_from_killed_builds() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("index.html", "1")]).unwrap();
    // Killed while building.
    fs::create_dir(dir.path().join(".public.sala-new")).unwrap();
    fs::write(dir.path().join(".public.sala-new/.sala-building"), "").unwrap();
    fs::write(dir.path().join(".public.sala-new/half.html"), "").unwrap();
    build(&out, &[("index.html", "2")]).unwrap();
    assert_eq!(read(out.join("index.html")), "2");
    // Killed between two renames: the old site is back even when this build fails.
    fs::rename(&out, dir.path().join(".public.sala-old")).unwrap();
    assert!(build(&out, &[("../x", "")]).is_err());
    assert_eq!(read(out.join("index.html")), "2");
    // A lock file without a living holder is no obstacle.
    fs::write(dir.path().join(".public.sala-lock"), "999999").unwrap();
    build(&out, &[("index.html", "3")]).unwrap();
    // A folder of somebody else under that name is left alone.
    fs::create_dir(dir.path().join(".public.sala-new")).unwrap();
    fs::write(dir.path().join(".public.sala-new/mine"), "").unwrap();
    assert_eq!(kind(&build(&out, &[("index.html", "4")]).unwrap_err()), "io");
    assert!(dir.path().join(".public.sala-new/mine").exists());
    assert_eq!(read(out.join("index.html")), "3");
}

#[test]
fn one_build_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    let first = Staging::begin(&out, &ProtectedPaths::default()).unwrap();
    match Staging::begin(&out, &ProtectedPaths::default()) {
        Err(PublishError::Locked(_, pid)) => assert_eq!(pid, Some(std::process::id())),
        other => panic!("{other:?}"),
    }
    drop(first);
    build(&out, &[("index.html", "1")]).unwrap();
}

#[test]
fn the_manifest_is_the_same_for_the_same_site() {
    let dir = tempfile::tempdir().unwrap();
    let files = [("b.html", "2"), ("a/x.html", "1")];
    build(&dir.path().join("one"), &files).unwrap();
    build(&dir.path().join("two"), &[files[1], files[0]]).unwrap();
    assert_eq!(read(dir.path().join("one").join(MANIFEST)), read(dir.path().join("two").join(MANIFEST)));
}

#[cfg(target_os = "linux")]
#[test]
fn many_files_from_many_threads() {
    use rayon::prelude::*;
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    for round in 0..2 {
        let staging = Staging::begin(&out, &ProtectedPaths::default()).unwrap();
        (0..2000).into_par_iter().for_each(|n| {
            staging.put(&format!("d{}/p{n}.html", n % 7), vec![b'x'; 3000]).unwrap();
        });
        let report = staging.commit().unwrap();
        assert_eq!(report.unchanged, if round == 0 { 0 } else { 2000 });
    }
}

#[cfg(unix)]
mod hostile {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};

    fn mode(path: impl AsRef<Path>) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn links_beside_the_output_are_not_followed() {
        for name in ["new", "old"] {
            let dir = tempfile::tempdir().unwrap();
            let (out, victim) = (dir.path().join("public"), dir.path().join("victim"));
            fs::create_dir(&victim).unwrap();
            fs::write(victim.join(MANIFEST), "sala-manifest 1\n").unwrap();
            fs::write(victim.join("mine"), "x").unwrap();
            build(&out, &[("index.html", "1")]).unwrap();
            symlink(&victim, dir.path().join(format!(".public.sala-{name}"))).unwrap();
            assert_eq!(kind(&build(&out, &[("index.html", "2")]).unwrap_err()), "symlink", "{name}");
            assert_eq!((read(victim.join("mine")), read(out.join("index.html"))), ("x".into(), "1".into()));
        }
    }

    #[test]
    fn a_lock_that_is_a_link_or_a_file_of_others_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let (out, victim) = (dir.path().join("public"), dir.path().join("victim"));
        let lock = dir.path().join(".public.sala-lock");
        fs::write(&victim, "mine").unwrap();
        symlink(&victim, &lock).unwrap();
        assert_eq!(kind(&build(&out, &[("index.html", "1")]).unwrap_err()), "symlink");
        symlink(dir.path().join("nothing"), dir.path().join("x")).unwrap();
        fs::rename(dir.path().join("x"), &lock).unwrap();
        assert_eq!(kind(&build(&out, &[("index.html", "1")]).unwrap_err()), "symlink");
        assert!(!dir.path().join("nothing").exists());
        fs::remove_file(&lock).unwrap();
        fs::write(&lock, "a letter").unwrap();
        assert_eq!(kind(&build(&out, &[("index.html", "1")]).unwrap_err()), "foreign-file");
        assert_eq!((read(&victim), read(&lock)), ("mine".into(), "a letter".into()));
        fs::remove_file(&lock).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&lock).status().unwrap().success());
        assert_eq!(kind(&build(&out, &[("index.html", "1")]).unwrap_err()), "foreign-file");
    }

    #[test]
    fn what_others_put_into_the_site_stays_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("index.html", "1"), ("a/b.html", "2")]).unwrap();
        fs::create_dir_all(out.join("mine/empty")).unwrap();
        fs::write(out.join("mine/x"), "x").unwrap();
        fs::set_permissions(out.join("mine/empty"), fs::Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(out.join("mine"), fs::Permissions::from_mode(0o500)).unwrap();
        fs::set_permissions(out.join("a"), fs::Permissions::from_mode(0o750)).unwrap();
        fs::set_permissions(&out, fs::Permissions::from_mode(0o711)).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(out.join("pipe")).status().unwrap().success());
        build(&out, &[("index.html", "2"), ("a/b.html", "2")]).unwrap();
        assert_eq!((mode(out.join("mine")), mode(out.join("mine/empty"))), (0o500, 0o700));
        assert_eq!((mode(out.join("a")), mode(&out)), (0o750, 0o711));
        assert!(fs::symlink_metadata(out.join("pipe")).unwrap().file_type().is_fifo());
        assert_eq!((read(out.join("mine/x")), read(out.join("index.html"))), ("x".into(), "2".into()));
        fs::set_permissions(out.join("mine"), fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn what_stands_in_the_way_of_a_page_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("index.html", "1"), ("a/b.html", "2")]).unwrap();
        // A folder of the site became a link to somewhere else.
        fs::remove_dir_all(out.join("a")).unwrap();
        fs::create_dir(dir.path().join("elsewhere")).unwrap();
        symlink(dir.path().join("elsewhere"), out.join("a")).unwrap();
        assert_eq!(kind(&build(&out, &[("a/b.html", "2")]).unwrap_err()), "foreign-file");
        fs::remove_file(out.join("a")).unwrap();
        // A folder of somebody else has the name of a new page.
        fs::create_dir(out.join("c.html")).unwrap();
        assert_eq!(kind(&build(&out, &[("c.html", "2")]).unwrap_err()), "foreign-file");
        assert!(out.join("c.html").is_dir() && read(out.join("index.html")) == "1");
        // A manifest that leads elsewhere is not read.
        let other = dir.path().join("manifest");
        fs::rename(out.join(MANIFEST), &other).unwrap();
        symlink(&other, out.join(MANIFEST)).unwrap();
        assert_eq!(kind(&build(&out, &[("a/b.html", "2")]).unwrap_err()), "bad-manifest");
    }

    #[test]
    fn a_target_is_replaced_only_where_sala_made_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("out");
        let none = ProtectedPaths::default();
        let open = |force| sala::internals::output::Target::open(&folder, &none, force).unwrap();
        open(false).write("a.pdf", b"1").unwrap();
        open(false).write("a.pdf", b"2").unwrap();
        fs::write(folder.join("a.pdf"), "changed").unwrap();
        fs::write(folder.join("mine.pdf"), "mine").unwrap();
        symlink(folder.join("mine.pdf"), folder.join("link.pdf")).unwrap();
        fs::create_dir(folder.join("dir.pdf")).unwrap();
        for name in ["a.pdf", "mine.pdf", "link.pdf", "dir.pdf", ""] {
            assert_eq!(kind(&open(false).write(name, b"3").unwrap_err()), "foreign-file", "{name}");
        }
        open(true).write("link.pdf", b"4").unwrap();
        open(true).write("a.pdf", b"4").unwrap();
        assert!(open(true).write("dir.pdf", b"4").is_err());
        assert_eq!((read(folder.join("mine.pdf")), read(folder.join("a.pdf"))), ("mine".into(), "4".into()));
        // What stopped between the list and the file (a full disk, a kill): the file that is there is still Sala's.
        let list = folder.join(".sala-made");
        open(false).write("b.zip", b"old").unwrap();
        open(false).write("b.zip", b"new").unwrap();
        fs::write(folder.join("b.zip"), "old").unwrap();
        open(false).write("b.zip", b"newer").unwrap();
        assert_eq!(read(folder.join("b.zip")), "newer");
        assert_eq!(read(&list).matches(" b.zip").count(), 2, "the list does not grow");
        fs::write(folder.join("b.zip"), "new").unwrap();
        assert_eq!(kind(&open(false).write("b.zip", b"3").unwrap_err()), "foreign-file");
        // No link leads out of the folder, and none in the portal out of the portal.
        symlink(dir.path(), folder.join("en")).unwrap();
        assert_eq!(kind(&open(true).write("en/a.pdf", b"4").unwrap_err()), "symlink");
        fs::create_dir(dir.path().join("portal")).unwrap();
        symlink(&folder, dir.path().join("portal/handouts")).unwrap();
        let portal = ProtectedPaths { portal: dir.path().join("portal"), sources: Vec::new() };
        for path in ["portal/handouts", "portal/handouts/x", "portal/../portal/handouts"] {
            let out = sala::internals::output::Target::open(&dir.path().join(path), &portal, false).unwrap_err();
            assert_eq!(kind(&out), "symlink", "{path}");
        }
        symlink(&folder, dir.path().join("own")).unwrap();
        assert!(sala::internals::output::Target::open(&dir.path().join("own"), &portal, false).is_ok());
        let protected = ProtectedPaths { portal: dir.path().to_owned(), sources: vec![folder.clone()] };
        let inside = sala::internals::output::Target::open(&folder.join("x/y"), &protected, true).unwrap_err();
        assert_eq!(kind(&inside), "inside-source");
    }
}
