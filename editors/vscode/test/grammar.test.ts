// Does the TextMate grammar see in files what `grammar/arch.pest` does?

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { grammarText } from "../scripts/grammar.ts";
import { extension, filesBelow, matchesSnapshot, read, repository } from "./files.ts";
import { MARKDOWN, grammarOf, tokens } from "./tokens.ts";
import type { Token } from "./tokens.ts";

const arch = await grammarOf("source.arch");
const source = (path: string) => readFileSync(join(repository, path), "utf8");

test("the JSON is made from what is written", () => {
  assert.equal(read("syntaxes/arch.tmLanguage.json"), grammarText, "run `npm run grammar`");
});

test("assertions about scopes hold", () => {
  const runner = join(extension, "node_modules/vscode-tmgrammar-test/dist/unit.js");
  const files = filesBelow(["editors/vscode/test/grammar"], ".test.arch").concat(
    filesBelow(["editors/vscode/test/grammar"], ".test.md"),
  );
  assert.ok(files.length > 4, `${files.length} files`);
  const paths = files.map((file) => join(repository, file));
  const run = spawnSync(process.execPath, [runner, "--compact", "-g", MARKDOWN, ...paths], { cwd: extension, encoding: "utf8" });
  assert.equal(run.status, 0, run.stdout + run.stderr);
});

/** All that the compiler reads without a syntax mistake. */
const good = [
  ...filesBelow(["examples", "src/catalog"], ".arch"),
  ...filesBelow(["tests/archc/syntax", "tests/archc/view", "tests/archc/scenario"], ".arch").filter((file) => !file.includes("/mistakes/")),
];

test("every token of a good file has a scope, and none is wrong", () => {
  assert.ok(good.length > 40, `${good.length} files`);
  const bad = good.flatMap((file) =>
    tokens(arch, source(file)).flatMap((line, index) =>
      line
        .filter(({ scopes }) => scopes.length === 0 || scopes.some((scope) => scope.startsWith("invalid")))
        .map(({ text, scopes }) => `${file}:${index + 1}: \`${text}\` ${scopes.join(" ")}`),
    ),
  );
  assert.deepEqual(bad, []);
});

/** A line for each line of the file: tokens with the last part of their scopes, but for plain punctuation, texts and comments. */
function outline(text: string): string {
  const shorten = ({ text, scopes }: Token) => {
    const scope = scopes.findLast((name) => !name.endsWith("markdown")) ?? scopes.at(-1) ?? "?";
    return /^(punctuation|string|comment)/.test(scope) && !scope.includes("foreign") ? text.trim() : `${text.trim()}‹${scope.replace(/\.arch$/, "")}›`;
  };
  const lines = tokens(arch, text).map((line) => line.map(shorten).join(" "));
  return `${lines.join("\n").trimEnd()}\n`;
}

for (const file of good.filter((path) => /^(examples|tests\/archc\/syntax)\//.test(path))) {
  test(`${file} is coloured as before`, () => {
    const name = file.replace(/^tests\/archc\//, "").replaceAll("/", ".").replace(/\.arch$/, "");
    matchesSnapshot(`test/grammar/snapshots/${name}.txt`, outline(source(file)));
  });
}

test("a mistake ends with the declaration that it is in", () => {
  for (const file of filesBelow(["tests/archc/syntax/mistakes"], ".arch")) {
    const after = `${source(file)}\narchitecture after_it {\n}\n`;
    const [keyword, name] = tokens(arch, after).at(-3) ?? [];
    assert.deepEqual([keyword?.scopes.at(-1), name?.scopes.at(-1)], ["storage.type.architecture.arch", "entity.name.namespace.arch"], file);
  }
});

/** Every word that means something somewhere, in every place where a name stands: the text of the compiler's own test. */
function everyPlace(word: string): string {
  const keywords = source("tests/archc/syntax/keywords.rs");
  const template = /r#"(architecture \{word\}[^]*?)"#/.exec(keywords)?.[1];
  assert.ok(template, "tests/archc/syntax/keywords.rs has the template no more");
  return template.replaceAll("{word}", word).replaceAll("{{", "{").replaceAll("}}", "}");
}

/** Scopes of values and names alike. */
const blur = (scopes: string[]) => scopes.map((scope) => scope.replace(/^(constant|variable\.other|support|entity\.name)\..*/, "name"));

test("no word is reserved", () => {
  // Their scopes as values differ, since they are values of the language, or functions that it knows.
  const values = /^(true|false|external|person|service|group|carrier|kind|category|region|data|status|and|default|count|one_of|list|meta)$/;
  const words = [
    ..."architecture service external person group view scenario environment pattern use rule example decision kind extend".split(" "),
    ..."via as is follows property meter limit wire only never retired through soft hard alt opt loop par else and note without".split(" "),
    ..."meta of true false in out deny because show all default from to self category region text count list one_of".split(" "),
  ];
  const shape = (word: string) =>
    tokens(arch, everyPlace(word)).map((line) => line.map(({ scopes }) => (values.test(word) ? blur(scopes) : scopes).join(" ")));
  const wrong = words.flatMap((word) => {
    const lines = everyPlace(word).split("\n");
    const reference = tokens(arch, everyPlace("ordinary")).map((line) =>
      line.map(({ scopes }) => (values.test(word) ? blur(scopes) : scopes).join(" ")),
    );
    return shape(word).flatMap((line, index) =>
      isDeepStrictEqual(line, reference[index]) ? [] : [`${lines[index]}\n  ${line.join(" | ")}\n  ${reference[index]?.join(" | ")}`],
    );
  });
  assert.deepEqual(wrong, []);
});
