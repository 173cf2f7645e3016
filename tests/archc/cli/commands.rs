//! `archc explain`, `init`, `completions`, and the help of all commands.

use super::Folder;
use insta::assert_snapshot;

#[test]
fn every_command_has_help_with_examples() {
    let folder = Folder::new();
    assert_snapshot!(folder.run(&["--help"]), @r"
    $ archc --help
    exit code 0
    --- stdout
    The compiler for architecture as code.

    Reads `.arch` files, checks what they say, and turns them into diagrams and documentation.

    Usage: archc [OPTIONS] <COMMAND>

    Commands:
      check        Says what is wrong with a workspace
      bom          Says what the services cost a month, and how each figure came about
      build        Writes diagrams and documentation
      diagram      Prints the Mermaid diagram of an architecture, of a view or of a scenario
      load         Shows what moves where, and how far services are from their limits
      query        Lists what a selector selects
      model        Prints the model, for other programs
      diff         Says what changed between two states of a workspace
      prices       Shows what the bill reckons with, checks it, and takes prices over from AWS
      fmt          Writes `.arch` files in the one style
      fix          Mends what is surely meant otherwise
      explain      Explains a rule, or lists all rules
      kinds        Lists the kinds of services, or shows one in full
      patterns     Lists the patterns, or shows one in full
      inject       Puts diagrams, tables and bills into Markdown files of your own
      lsp          Serves an editor over standard input and output (the Language Server Protocol)
      mdbook       Draws the architectures in an mdBook: mdBook runs it as a preprocessor
      init         Writes a small workspace to begin with
      completions  Prints a script that completes the arguments of archc in a shell
      man          Prints a manual page, or writes all of them
      help         Print this message or the help of the given subcommand(s)

    Options:
          --color <WHEN>
              When to use colours; the variable `NO_COLOR` turns them off, too
              
              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Say nothing but what was asked for, and findings that fail the run

      -v, --verbose
              Also say what was read, which settings hold, and how long each stage took

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Examples:
      archc init shop                     begin with a small workspace in the folder `shop`
      archc check shop                    say what is wrong with it
      archc build shop --out shop/docs    write diagrams and documentation

    Exit codes: 0 nothing found that fails the run; 1 findings; 2 wrong usage, settings, or files that
    cannot be read or written.
    ");
    for command in [
        "check",
        "build",
        "diagram",
        "load",
        "prices",
        "fmt",
        "fix",
        "explain",
        "kinds",
        "patterns",
        "inject",
        "init",
        "completions",
        "man",
    ] {
        let help = folder.run(&[command, "--help"]);
        assert!(help.contains("exit code 0") && help.contains("Examples:\n  archc "), "{help}");
        // What is too long for a line goes on at the margin, where it cannot be told from the next one.
        let examples = help.split_once("Examples:\n").map_or("", |(_, after)| after.split("\n\n").next().unwrap());
        for line in examples.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            assert!(line.starts_with("  archc ") || line.contains(" | archc "), "{command}: {line}");
        }
    }
    for command in ["list", "show", "check", "verify", "import"] {
        let help = folder.run(&["prices", command, "--help"]);
        assert!(help.contains("exit code 0") && help.contains("Examples:\n  archc prices "), "{help}");
    }
}

#[test]
fn no_command_is_wrong_usage() {
    assert!(Folder::new().run(&[]).contains("exit code 2"));
}

#[test]
fn has_a_version() {
    let text = Folder::new().run(&["--version"]);
    assert!(text.contains(concat!("archc ", env!("CARGO_PKG_VERSION"))), "{text}");
}

#[test]
fn explains_every_rule() {
    let folder = Folder::new();
    let list = folder.command().arg("explain").output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(list.lines().count() > 0);
    for code in list.lines().map(|line| line.split_whitespace().next().unwrap()) {
        let page = folder.run(&["explain", code]);
        assert!(page.contains(&format!("--- stdout\n# {code}\n")), "{page}");
    }
}

#[test]
fn suggests_a_rule() {
    assert_snapshot!(Folder::new().run(&["explain", "syntax/unexpectd"]), @r"
    $ archc explain syntax/unexpectd
    exit code 2
    --- stderr
    error: there is no rule `syntax/unexpectd`
      help: did you mean `syntax/unexpected`?
    ");
    assert_snapshot!(Folder::new().run(&["explain", "nonsense"]), @r"
    $ archc explain nonsense
    exit code 2
    --- stderr
    error: there is no rule `nonsense`
      help: `archc explain` lists all rules
    ");
}

#[test]
fn begins_a_workspace_without_findings() {
    let folder = Folder::new();
    assert_snapshot!(folder.run(&["init", "new/shop"]), @r"
    $ archc init new/shop
    exit code 0
    --- stdout
    wrote new/shop/archc.toml
    wrote new/shop/shop.arch
    next: archc check new/shop
    ");
    assert_eq!(folder.files(), ["new/shop/archc.toml", "new/shop/shop.arch"]);
    let check = folder.run(&["check", "new/shop"]);
    assert!(check.contains("exit code 0") && check.contains("no findings"), "{check}");
}

#[test]
fn never_replaces_a_file() {
    let folder = Folder::new().with("shop.arch", "mine");
    assert_snapshot!(folder.run(&["init"]), @r"
    $ archc init
    exit code 2
    --- stderr
    error: `./shop.arch` exists already
      help: nothing was written; choose another folder: `archc init DIR`
    ");
    assert_eq!(folder.files(), ["shop.arch"]);
    assert_eq!(folder.read("shop.arch"), "mine");
}

#[test]
fn completes_in_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Folder::new().run(&["completions", shell]);
        assert!(script.contains("exit code 0") && script.contains("keep-going"), "{shell}");
    }
}

/// Where files fit, Bash is left to offer them; options are offered to who has begun one.
#[test]
#[cfg(unix)]
fn bash_offers_what_fits() {
    let ask = r#"
        source <("$0" completions bash)
        for words in 'check ' 'check --f' 'check --format ' 'explain wiring/un' 'man bo'; do
            IFS=' ' read -ra COMP_WORDS <<< "archc $words"
            [[ $words == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
            _archc_or_files archc "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "$words: ${COMPREPLY[*]}"
        done
    "#;
    let said = std::process::Command::new("bash").args(["-c", ask, env!("CARGO_BIN_EXE_archc")]).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert_snapshot!(said, @r"
    check : 
    check --f: --format
    check --format : pretty json sarif github gitlab junit auto
    explain wiring/un: wiring/unknown wiring/unsupported
    man bo: bom
    ");
}
