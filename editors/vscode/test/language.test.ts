// How the editor behaves in `.arch` files, and what snippets become.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { archc, filesBelow, readJson, repository } from "./files.ts";

interface Configuration {
  wordPattern: { pattern: string; flags: string };
  indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
  onEnterRules: { beforeText: string; action: { appendText: string } }[];
  folding: { markers: { start: string; end: string } };
}
const configuration = readJson("language-configuration.json") as Configuration;

test("words are names and paths, with what they may hold", () => {
  const { pattern, flags } = configuration.wordPattern;
  const words = (text: string) => text.match(new RegExp(pattern, `g${flags}`));
  assert.deepEqual(words("web-app -> us-east-1.queue_2, b->c"), ["web-app", "us-east-1.queue_2", "b", "c"]);
  assert.deepEqual(words("größe: aws.kinesis.stream = 5_000/s"), ["größe", "aws.kinesis.stream", "5_000", "s"]);
  assert.deepEqual(words("訂單處理 - x.2024"), ["訂單處理", "x.2024"]);
});

test("documentation goes on in the next line, comments do not", () => {
  const next = (line: string) =>
    configuration.onEnterRules.find(({ beforeText }) => new RegExp(beforeText).test(line))?.action.appendText;
  assert.equal(next("  /// What it is."), "/// ");
  assert.equal(next("///"), "/// ");
  assert.equal(next("//! A file."), "//! ");
  for (const line of ["// why", "//// no", 'a -> b "///"', "a -> b /// no"]) assert.equal(next(line), undefined, line);
});

test("lines are indented as the formatter does", () => {
  const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
  const [more, less] = [new RegExp(increaseIndentPattern), new RegExp(decreaseIndentPattern)];
  for (const file of filesBelow(["examples"], ".arch")) {
    const lines = readFileSync(join(repository, file), "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      const before = lines.slice(0, index).findLast((text) => text.trim() !== "");
      if (before === undefined || line.trim() === "") continue;
      const indent = (text: string) => text.length - text.trimStart().length;
      const expected = indent(before) + (more.test(before) ? 2 : 0) - (less.test(line) ? 2 : 0);
      assert.equal(indent(line), expected, `${file}:${index + 1}`);
    }
  }
});

// ---- Snippets ---------------------------------------------------------------------------------------------------------

interface Snippet {
  prefix: string | string[];
  body: string | string[];
  description: string;
}
const snippets = Object.entries(readJson("snippets/arch.json") as Record<string, Snippet>);

/** What stands there when each place is left as it is proposed. */
function expanded({ body }: Snippet): string {
  const variables: Record<string, string> = { CURRENT_YEAR: "2026", CURRENT_MONTH: "11", CURRENT_DATE: "30" };
  let text = [body].flat().join("\n");
  text = text.replace(/\$\{(CURRENT_[A-Z]+)\}/g, (_, name: string) => variables[name] ?? "");
  text = text.replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1").replace(/\$\{\d+:([^{}]*)\}/g, "$1");
  return `${text.replace(/\$\d+/g, "")}\n`.replace(/^[ ]+$/gm, "");
}

/** What has to stand around a snippet, and after it. */
function inPlace([name, snippet]: [string, Snippet], number: number): string {
  const text = expanded(snippet);
  const around = (header: string) => `${header} {\n${text}}\n`;
  if (/^Steps|^Note/.test(name)) return around("scenario s");
  if (/of a kind$/.test(name)) return around(`kind k${number}`);
  if (name === "Without") return around("environment e");
  if (name === "Example") return `rule r {\ndeny = *\nbecause = "so"\n${text}}\n`;
  if (name === "Accept a finding") return `architecture a {\n${text}service s: job\n}\n`;
  if (/^(Service|External|Person|Group|Edge|Facts|Use)/.test(name)) return around("architecture a");
  return text;
}

test("the compiler reads every snippet", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "archc-snippets-"));
  context.after(() => rmSync(folder, { recursive: true }));
  for (const [index, entry] of snippets.entries()) writeFileSync(join(folder, `${index}.arch`), inPlace(entry, index));
  const { status, stdout, stderr } = archc(["check", "--format", "json", folder]);
  assert.ok(status <= 1, stderr);
  const { findings } = JSON.parse(stdout) as { findings: { code: string; message: string; file: string }[] };
  // Names mean nothing before somebody has filled them in.
  const wrong = findings.filter(({ code }) => /^(syntax|declaration|attribute|property|catalog)\//.test(code));
  const named = wrong.map(({ file, message }) => `${snippets[Number.parseInt(file.replace(/^.*\//, ""), 10)]?.[0]}: ${message}`);
  assert.deepEqual(named, []);
});

test("snippets leave no place unfilled, and say what they are for", () => {
  for (const [name, snippet] of snippets) {
    assert.doesNotMatch(expanded(snippet), /\$/, name);
    assert.ok(snippet.description.length > 10, name);
  }
});

const KEYWORDS = "architecture service external person group view scenario environment pattern use rule example decision kind extend";
const PARTS = "property meter limit wire alt opt loop par note without meta via";

test("Vim colours the same keywords", () => {
  const syntax = readFileSync(join(repository, "editors/nvim/syntax/arch.vim"), "utf8");
  for (const word of `${KEYWORDS} ${PARTS} else and as is follows only never retired through soft hard`.split(" ")) {
    assert.match(syntax, new RegExp(`syntax match arch(Keyword|Statement) .*(?<![a-z])${word}(?![a-z])`), word);
  }
});

test("each declaration has a snippet, and no prefix two", () => {
  const prefixes = snippets.flatMap(([, { prefix }]) => prefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
  for (const word of `${KEYWORDS} ${PARTS} -> => ~>`.split(" ")) assert.ok(prefixes.includes(word), word);
});
