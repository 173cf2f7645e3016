//! `archc mdbook`, with what mdBook writes to it.

use super::Folder;
use insta::assert_snapshot;
use serde_json::{Value, json};

const SHOP: &str = "architecture shop \"Shop\" {\n  group back \"Back\" { service web: aws.s3 }\n  external crm \"CRM\"\n  crm -> web\n}\n";
const OLD: &str = include_str!("mdbook/0.4.json");
const NEW: &str = include_str!("mdbook/0.5.json");

fn folder() -> Folder {
    Folder::new().with("systems/shop.arch", SHOP).with("book/book.toml", "")
}

fn input(folder: &Folder, recorded: &str) -> Value {
    serde_json::from_str(&recorded.replace("ROOT", folder.path().to_str().unwrap())).unwrap()
}

fn run(folder: &Folder, input: &Value) -> String {
    folder.run_with_stdin(&["mdbook"], input.to_string().as_bytes())
}

/// The book that comes out.
fn book(folder: &Folder, input: &Value) -> Value {
    let text = run(folder, input);
    assert!(text.contains("exit code 0\n--- stdout\n"), "{text}");
    let (_, book) = text.split_once("--- stdout\n").unwrap();
    serde_json::from_str(book).unwrap()
}

/// A book of one chapter.
fn chapter(folder: &Folder, content: &str) -> Value {
    let mut input = input(folder, NEW);
    *input.pointer_mut("/1/items").unwrap() = json!([{ "Chapter": {
        "name": "One", "content": content, "number": [1], "sub_items": [], "path": "one.md", "source_path": "one.md", "parent_names": []
    } }]);
    input
}

fn written(content: &str) -> String {
    let folder = folder();
    let book = book(&folder, &chapter(&folder, content));
    book.pointer("/items/0/Chapter/content").unwrap().as_str().unwrap().to_owned()
}

#[test]
fn supports_all_renderers() {
    assert_eq!(folder().run(&["mdbook", "supports", "html"]), "$ archc mdbook supports html\nexit code 0\n");
}

#[test]
fn books_of_both_forms_keep_all_but_their_texts() {
    let folder = folder();
    for (recorded, items) in [(OLD, "sections"), (NEW, "items")] {
        let input = input(&folder, recorded);
        let mut book = book(&folder, &input);
        let place = |at: &str| format!("/{items}/{at}/content");
        let contents = ["0/Chapter", "3/Chapter", "3/Chapter/sub_items/0/Chapter"].map(place);
        for (pointer, wanted) in contents.iter().zip(["flowchart", "| Back | web |", "flowchart"]) {
            let new = book.pointer_mut(pointer).unwrap();
            assert!(new.as_str().unwrap().contains(wanted), "{new}");
            *new = input[1].pointer(pointer).unwrap().clone();
        }
        assert_eq!(book, input[1]);
    }
}

#[test]
fn chapters_are_filled() {
    let page = "\
# One

{{#arch groups shop}}
text
{{#arch services shop }}
text

1. {{#arch groups shop}}

> {{#arch groups shop}}

\\{{#arch groups shop}} and `{{#arch groups shop}}`, {{#architecture}}

<!-- {{#arch groups shop}} -->

```md
{{#arch groups shop}}
```

```arch
architecture a \"A\" { external e }
```

- ```arch, diagram
  architecture b \"B\" { external e }
  ```

~~~arch hidden
architecture c \"C\" { external e }
architecture d \"D\" { external e }
~~~

```arch bad
service
```

```arch,bad=owner/missing
architecture n \"N\" { service s: aws.s3 }
```

```arch,ignore
…
```

```architecture
```

```arch,diagram
architecture z \"Z\" { }
```";
    assert_snapshot!(written(page));
}

#[test]
fn what_asks_for_nothing_is_kept_without_a_workspace() {
    let page = "---\r\na: {{#arch b}}\r\n---\r\n\r\n`{{#arch shop}}` \t\r\n```rust\r\n```\r\n\\{{#arch shop}}";
    let folder = Folder::new();
    let output = book(&folder, &chapter(&folder, page));
    assert_eq!(output["items"][0]["Chapter"]["content"], page);
}

#[test]
fn what_is_wrong_names_its_chapter_and_line() {
    let folder = folder();
    let pages = [
        "# One\n\n{{#arch shpo}}\n\n{{#arch shop view=x}}\n",
        "{{#arch}}",
        "{{#arch tables shop}}",
        "text {{#arch shop}}",
        "{{#arch shop",
        "text\n\n```arch\narchitecture a \"A\" {\n  a -> b\n  b -> aa\n}\n```\n",
        "```arch bad\narchitecture a \"A\" { }\n```\n",
        "```arch bad=owner/missing\narchitecture a \"A\" { owner = \"a\" }\n```\n",
        "```arch bad=owner/misssing\n```\n",
        "```arch,digram\n```\n",
        "```arch,diagram\nkind x is aws.s3\n```\n",
        "```arch,diagram\narchitecture a \"A\" { }\n",
    ];
    let runs = pages.map(|page| format!("{page}\n---\n{}", run(&folder, &chapter(&folder, page))));
    for run in &runs {
        assert!(run.contains("exit code 2") && run.contains("`one.md`, line "), "{run}");
    }
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn what_cannot_be_read_is_one_clear_error() {
    let folder = folder();
    let mut missing = input(&folder, NEW);
    missing[0]["config"]["preprocessor"]["archc"]["workspace"] = "../nowhere".into();
    let mut wrong = input(&folder, NEW);
    wrong[0]["config"]["preprocessor"]["archc"]["env"] = json!(["test"]);
    let mut unknown = input(&folder, NEW);
    unknown[0]["config"]["preprocessor"]["archc"]["env"] = "test".into();
    let mut unheard = input(&folder, NEW);
    unheard[0]["config"]["preprocessor"]["archc"]["workspce"] = "../systems".into();
    unheard[0]["config"]["preprocessor"]["archc"]["colour"] = true.into();
    let mut runs = vec![
        run(&folder, &unheard),
        folder.run_with_stdin(&["mdbook"], b""),
        folder.run_with_stdin(&["mdbook"], b"[{}, {}]"),
        run(&folder, &missing),
        run(&folder, &wrong),
        run(&folder, &unknown),
    ];
    folder.write("systems/shop.arch", "service");
    runs.push(run(&folder, &input(&folder, OLD)));
    assert_snapshot!(runs.join("\n").replace(folder.path().to_str().unwrap(), "ROOT"));
}

const FILES: &str = "\
```arch file=shop.arch
architecture shop { service web: web-app, web => bank.desk }
```

```toml file=archc.toml
[rules]
\"owner/missing\" = \"off\"
```

```arch file=bank.arch
architecture bank { service desk: web-app }
```

```arch file=bank.arch bad name/unresolved element/unconnected
architecture bank { service counter: web-app }
```

```arch fragment
service web: web-app
external crm
web => crm
```
";

/// The blocks of a chapter that are files are one workspace, and the others stand for themselves.
#[test]
fn blocks_can_be_files_of_one_workspace() {
    let plain = written(FILES);
    assert!(plain.starts_with("```arch\narchitecture shop") && !plain.contains("mermaid"), "{plain}");
    assert!(!plain.contains("bad") && !plain.contains("fragment"), "{plain}");

    let folder = folder();
    let mut drawn = chapter(&folder, FILES);
    *drawn.pointer_mut("/0/config/preprocessor/archc").unwrap() = json!({ "diagrams": true });
    let drawn = book(&folder, &drawn);
    assert_snapshot!("blocks_with_diagrams", drawn.pointer("/items/0/Chapter/content").unwrap().as_str().unwrap());
}

#[test]
fn mistakes_of_files_stand_in_their_lines() {
    let folder = folder();
    let wrong = FILES.replace("service desk", "service office") + "\n```arch fragment file=a.arch\n```\n";
    assert_snapshot!("mistakes_of_files", run(&folder, &chapter(&folder, &wrong)));
}

#[test]
fn blocks_ask_for_views_scenarios_and_loads() {
    let shop = "architecture shop \"Shop\" {\n  external crm \"CRM\" { emits = 1/s of 1 KB }\n  service web: web-app\n  crm -> web\n  \
                view small { show = web }\n  scenario day { crm -> web \"hello\" }\n}\n";
    let text =
        written(&format!("```arch view=small scenario=day\n{shop}```\n\n```arch diagram labels=load\n{shop}```\n"));
    let drawn = ["%% shop.small: drawn by archc", "sequenceDiagram", "1/s, 1 KB/s"];
    assert!(drawn.iter().all(|it| text.contains(it)), "{text}");
    assert_eq!(text.matches("```mermaid").count(), 3, "{text}");
    assert_eq!(text.matches("```arch\n").count(), 2, "{text}");
    let all = written(&format!("```arch view=all file=a.arch\nview all {{}}\n{shop}```\n"));
    assert!(all.contains("%% all: drawn by archc"), "{all}");
    let folder = folder();
    let text = run(&folder, &chapter(&folder, &format!("# One\n\n```arch view=smal\n{shop}```\n")));
    assert!(text.contains("exit code 2") && text.contains("line 3: there is no view `smal` of `shop`"), "{text}");
    assert!(text.contains("help: did you mean `small`?"), "{text}");
}

/// Files that take each other's places, some of them wrong on purpose, and rules of the team's own.
#[test]
fn a_folder_may_be_wrong_for_a_while() {
    let rules = "rule owned { deny = service - has(owner), because = \"Ask.\" }\n";
    let lake =
        |owner: &str| format!("architecture lake \"Lake\" {{\n  person a\n  service s: web-app{owner}\n  a -> s\n}}\n");
    let (wrong, right) = (lake(""), lake(" { owner = \"me\" }"));
    let text = format!(
        "```arch file=rules.arch\n{rules}```\n\n```arch file=lake.arch bad rule/owned\n{wrong}```\n\n```arch file=rules.arch\n{rules}```\n\n\
         ```arch file=lake.arch bad rule/owned\n{wrong}```\n\n```arch file=lake.arch\n{right}```\n"
    );
    assert_eq!(written(&text).matches("```arch\n").count(), 5, "{}", written(&text));
    let folder = folder();
    let left = format!("```arch file=rules.arch\n{rules}```\n\n```arch file=lake.arch\n{wrong}```\n");
    assert!(run(&folder, &chapter(&folder, &left)).contains("[rule/owned]"));
    let nothing = format!("```arch bad rule/owned\n{right}```\n");
    assert!(run(&folder, &chapter(&folder, &nothing)).contains("`rule/owned` finds nothing in this block"));
}

/// A block is a whole workspace: what only one of these can know is found in it, too.
#[test]
fn a_block_is_all_that_there_is() {
    let block = "architecture lake \"Lake\" {\n  external crm \"CRM\"\n  service raw: aws.s3 { tags = [critical] }\n  crm -> raw via aws.appflow\n  \
                 view important { show = tag(critcal) + external }\n}\n";
    assert!(written(&format!("```arch bad selector/unknown-word\n{block}```\n")).starts_with("```arch\n"));
}
