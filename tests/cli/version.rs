//! `docket --version`: a line, or all that is known of the build.

use crate::world::World;

#[test]
fn the_version_is_a_line_and_with_verbose_what_it_was_built_from() {
    let world = World::new();
    let stranger = world.stranger("nobody");
    let line = format!("docket {}\n", env!("CARGO_PKG_VERSION"));
    for short in [&["--version"][..], &["-V"], &["-V", "--quiet"]] {
        assert_eq!(stranger.run(short).succeeded().stdout, line, "{short:?}");
    }
    for long in [&["--version", "--verbose"][..], &["-V", "-v"], &["-vV"], &["--verbose", "--version"]] {
        let run = stranger.run(long).succeeded();
        assert_eq!(run.stderr, "", "{long:?}");
        let lines: Vec<&str> = run.stdout.strip_prefix(&line).unwrap().lines().collect();
        let names: Vec<&str> = lines.iter().map(|line| line.split_once(' ').unwrap().0).collect();
        assert_eq!(names, ["commit", "target", "features", "rustc"], "{long:?}");
        assert_eq!(lines[2], "features  portal");
        assert!(lines.iter().all(|line| line.len() > 10), "{lines:?}");
    }
}
