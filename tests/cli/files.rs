//! The files of a case, there and back.

use serde_json::Value;

use crate::world::{World, path, settings};

#[test]
fn files_are_attached_together_or_not_at_all() {
    let world = World::with(|options| docket::portal::Options { max_attachment: 1000, ..options });
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    let [one, two] = [("a.txt", "first"), ("b.txt", "second")].map(|(name, text)| world.file(name, text));
    let empty = world.file("empty.txt", "");
    let large = world.file("large.bin", vec![0; 1001]);
    let attach = |args: &[&str]| sam.run(&[&["case", "attach", number.as_str()], args].concat());
    let bad = [path(&one), path(&empty), path(&large), "missing.txt", "."];
    insta::assert_snapshot!(attach(&bad).shown(), @"
    exit 3
    --- stdout
    --- stderr
    docket: 4 files can't be attached; nothing was sent
      attachment: `empty.txt` is empty  (FILE)
      attachment: `large.bin` has 1,001 bytes; at most 1,000 are allowed  (FILE)
      attachment: `missing.txt` can't be read: No such file or directory (os error 2)  (FILE)
      attachment: `.` is not a file  (FILE)
    ");
    insta::assert_snapshot!(attach(&[&bad[..2], &["--json"]].concat()).shown(), @r#"
    exit 3
    --- stdout
    --- stderr
    {"error":{"kind":"invalid","code":3,"message":"1 file can't be attached; nothing was sent","hints":[],"fields":[{"field":"attachment","problem":"`empty.txt` is empty","flag":"FILE"}],"request_id":null}}
    "#);
    assert_eq!(sam.json(&["case", "show", &number])["attachments"], Value::Array(Vec::new()));
    insta::assert_snapshot!(attach(&[path(&one)]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    attached 1 file to case 00000001
    ");
    insta::assert_snapshot!(attach(&[path(&one), "--json=attachments"]).shown(), @r#"
    exit 0
    --- stdout
    {"attachments":[{"name":"a.txt","size":5,"sha256":"[sha256]","at":"[time]","by":"sam@example.com","complete":true},{"name":"a-2.txt","size":5,"sha256":"[sha256]","at":"[time]","by":"sam@example.com","complete":true}]}
    --- stderr
    "#);
    insta::assert_snapshot!(attach(&[path(&two), path(&one)]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    attached 2 files to case 00000001
    ");
    insta::assert_snapshot!(attach(&[]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <FILE>...

    Usage: docket case attach <NUMBER> <FILE>...

    For more information, try '--help'.
    ");
}

#[test]
fn files_are_fetched_whole_and_overwrite_nothing() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    insta::assert_snapshot!(sam.run(&["case", "download", &number]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    case 00000001 has no files
    ");
    let content: Vec<u8> = (0..100_000u32).flat_map(u32::to_le_bytes).collect();
    let trace = world.file("trace.bin", &content);
    let note = world.file("note.txt", "a note");
    // One after the other, so that they are in this order.
    for file in [&trace, &note] {
        sam.run(&["case", "attach", &number, path(file)]).succeeded();
    }
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "all"]).shown(), @"
    exit 0
    --- stdout
    all/trace.bin  400.0 kB
    all/note.txt  6 B
    --- stderr
    ");
    assert_eq!(std::fs::read(world.folder.path().join("all/trace.bin")).unwrap(), content);
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "all"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: all/trace.bin exists already, and was left alone
    hint: move it away, or choose another folder with --dir
    ");
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "note.txt", "--dir", "one", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    [{"name":"note.txt","path":"one/note.txt","size":6}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "nope.txt", "note.txt"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: case 00000001 has no file `nope.txt`
    hint: did you mean `note.txt`?
    hint: it has trace.bin, note.txt
    ");
    // What is there already keeps nothing else from coming.
    std::fs::remove_file(world.folder.path().join("all/note.txt")).unwrap();
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "all"]).shown(), @"
    exit 9
    --- stdout
    all/note.txt  6 B
    --- stderr
    docket: not every file was fetched: all/trace.bin exists already, and was left alone
    hint: move it away, or choose another folder with --dir
    ");
    assert_eq!(std::fs::read(world.folder.path().join("all/trace.bin")).unwrap(), content);
    // Into this folder there are both already.
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "note.txt"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: note.txt exists already, and was left alone
    hint: move it away, or choose another folder with --dir
    ");
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "note.txt"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: note.txt is not a folder
    ");
    assert_eq!(std::fs::read_to_string(world.folder.path().join("note.txt")).unwrap(), "a note");
    let of_lee = world.user("lee@example.com").run(&["case", "download", &number, "--json"]);
    assert_eq!(of_lee.exits(5).error()["kind"], "not_found");
}
