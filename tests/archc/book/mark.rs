//! What a fence says of its content.

/// What is done with the content of a fence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `arch`: the compiler reads it.
    Arch(Arch),
    /// `console`: commands behind `$ `, and what they print.
    Console {
        /// How each of them ends: `exit=1`.
        exit: i32,
    },
    /// Any language with `file=NAME`: a file of the chapter's workspace.
    File(String),
    /// Any language with `same=PATH`: what a file of this repository holds.
    Same(String),
    /// Something to read only.
    Text,
}

/// What an `arch` fence promises.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arch {
    /// `file=NAME`: it belongs to the chapter's workspace, in which it takes the place of the file of that name.
    pub(super) file: Option<String>,
    /// `fragment`: statements from inside of an architecture.
    pub(super) is_fragment: bool,
    /// `bad CODE …`: the findings that there are, a code for each.
    pub(super) bad: Option<Vec<String>>,
    /// `diagram`, `view=NAME`, `scenario=NAME`, `labels=load`: there is a picture below it.
    pub(super) is_drawn: bool,
}

/// The languages of fences that are only read.
const TEXTS: [&str; 10] = ["text", "sh", "toml", "json", "csv", "yaml", "mermaid", "markdown", "md", "diff"];

/// Reads the words behind the backticks of a fence.
pub(super) fn mark(info: &str) -> Result<Mark, String> {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default();
    let words: Vec<&str> = words.collect();
    match (language, words.as_slice()) {
        ("arch", words) => arch(words).map(Mark::Arch),
        ("console", []) => Ok(Mark::Console { exit: 0 }),
        ("console", [word]) => match word.strip_prefix("exit=").and_then(|exit| exit.parse().ok()) {
            Some(exit) => Ok(Mark::Console { exit }),
            None => Err(format!("`{word}` means nothing in a `console` fence")),
        },
        (language, []) if TEXTS.contains(&language) => Ok(Mark::Text),
        (language, [word]) if TEXTS.contains(&language) => match word.split_once('=') {
            Some(("file", file)) => Ok(Mark::File(file.to_owned())),
            Some(("same", path)) => Ok(Mark::Same(path.to_owned())),
            _ => Err(format!("`{word}` means nothing in a `{language}` fence")),
        },
        _ => Err(format!("nothing is known of a fence of `{info}`")),
    }
}

fn arch(words: &[&str]) -> Result<Arch, String> {
    let mut arch = Arch::default();
    for word in words {
        match (*word, &mut arch.bad) {
            ("fragment", _) => arch.is_fragment = true,
            ("diagram" | "labels=load", _) => arch.is_drawn = true,
            ("bad", bad @ None) => *bad = Some(Vec::new()),
            (code, Some(codes)) if code.contains('/') => codes.push(code.to_owned()),
            (word, _) => match word.split_once('=') {
                Some(("file", file)) => arch.file = Some(file.to_owned()),
                Some(("view" | "scenario", _)) => arch.is_drawn = true,
                _ => return Err(format!("`{word}` means nothing in an `arch` fence")),
            },
        }
    }
    if let Some(codes) = &mut arch.bad {
        if codes.is_empty() {
            return Err("`bad` needs the code of what is bad".to_owned());
        }
        codes.sort();
    }
    if arch.is_fragment && arch.file.is_some() {
        return Err("a fragment is no file".to_owned());
    }
    Ok(arch)
}

#[test]
fn fences_say_what_they_hold() {
    let arch = |file: Option<&str>, is_fragment, bad: Option<&[&str]>| {
        let bad = bad.map(|codes| codes.iter().map(|code| (*code).to_owned()).collect());
        Ok(Mark::Arch(Arch { file: file.map(str::to_owned), is_fragment, bad, is_drawn: false }))
    };
    assert_eq!(mark("arch"), arch(None, false, None));
    assert_eq!(mark("arch fragment"), arch(None, true, None));
    assert_eq!(mark("arch bad b/c a/b"), arch(None, false, Some(&["a/b", "b/c"])));
    assert_eq!(mark("arch fragment bad a/b"), arch(None, true, Some(&["a/b"])));
    assert_eq!(mark("arch file=shop.arch bad a/b"), arch(Some("shop.arch"), false, Some(&["a/b"])));
    for drawn in ["arch diagram", "arch view=v", "arch scenario=s", "arch labels=load"] {
        assert_eq!(mark(drawn), Ok(Mark::Arch(Arch { is_drawn: true, ..Arch::default() })));
    }
    assert_eq!(mark("console exit=1"), Ok(Mark::Console { exit: 1 }));
    assert_eq!(mark("toml file=archc.toml"), Ok(Mark::File("archc.toml".to_owned())));
    assert_eq!(mark("yaml same=action.yml"), Ok(Mark::Same("action.yml".to_owned())));
    assert_eq!(mark("sh"), Ok(Mark::Text));
    for wrong in
        ["", "acrh", "arch good", "arch bad", "arch bad bad", "arch a/b", "arch fragment file=a", "console x", "sh x"]
    {
        assert!(mark(wrong).is_err(), "{wrong}");
    }
}
