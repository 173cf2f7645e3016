// Does the manifest say what the code does, and is all of it in the package?

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pack } from "../scripts/package.ts";
import { LENS_COMMANDS } from "../src/protocol.ts";
import { DEFAULTS } from "../src/settings.ts";
import { extension, read, readJson, repository } from "./files.ts";

interface Command {
  command: string;
  title: string;
}
interface Manifest {
  version: string;
  main: string;
  icon: string;
  devDependencies: Record<string, string>;
  activationEvents: string[];
  contributes: {
    languages: { configuration: string; icon: Record<string, string> }[];
    grammars: { path: string; scopeName: string }[];
    snippets: { path: string }[];
    configuration: { properties: Record<string, { default: unknown; markdownDescription: string }> };
    commands: Command[];
    menus: Record<string, { command: string; alt?: string }[]>;
    keybindings: { command: string }[];
  };
}
const manifest = readJson("package.json") as Manifest;
const { contributes } = manifest;

const sources = readdirSync(join(extension, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const code = sources.map((name) => read(`src/${name}`)).join("\n");

test("each command of the manifest is registered, and each that is registered is known", () => {
  const table = /Record<string, Run> \{[^]*?\n\}/.exec(read("src/commands.ts"))?.[0] ?? "";
  const quoted = [...table.matchAll(/"(archc\.\w+)":/g)].map(([, name]) => name);
  const lenses = [...table.matchAll(/\[LENS_COMMANDS\.(\w+)\]/g)].map(([, key]) => LENS_COMMANDS[key as keyof typeof LENS_COMMANDS]);
  const registered = new Set([...quoted, ...lenses]);
  const declared = contributes.commands.map(({ command }) => command);
  for (const command of declared) assert.ok(registered.has(command), `${command} is not registered`);
  const inner = [LENS_COMMANDS.preview, LENS_COMMANDS.rename, LENS_COMMANDS.showReferences];
  assert.deepEqual([...registered].sort(), [...new Set([...declared, ...inner])].sort());
});

test("menus and keys run commands that there are", () => {
  const declared = new Set(contributes.commands.map(({ command }) => command));
  const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  for (const { command, ...rest } of used) {
    assert.ok(declared.has(command), command);
    if ("alt" in rest && typeof rest.alt === "string") assert.ok(declared.has(rest.alt), rest.alt);
  }
});

test("each setting that is read is declared, with the same default, and no other", () => {
  const { properties } = contributes.configuration;
  const read = { ...DEFAULTS, "trace.server": "messages" };
  const declared = Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name.replace("archc.", ""), value]));
  assert.deepEqual(declared, read);
  for (const [name, { markdownDescription }] of Object.entries(properties)) assert.ok(markdownDescription.endsWith("."), name);
});

test("the preview that comes back is the one that wakes the extension", () => {
  const type = /VIEW_TYPE = "([^"]+)"/.exec(code)?.[1];
  assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${type}`));
});

test("files that the manifest names are there", () => {
  const named = [
    manifest.icon,
    manifest.main,
    ...contributes.languages.flatMap(({ configuration, icon }) => [configuration, ...Object.values(icon)]),
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.snippets.map(({ path }) => path),
  ];
  for (const path of named) assert.ok(existsSync(join(extension, path)), path);
});

test("the version is the compiler's, and has its line in the changelog", () => {
  const cargo = readFileSync(join(repository, "Cargo.toml"), "utf8");
  assert.equal(manifest.version, /^version = "([^"]+)"/m.exec(cargo)?.[1]);
  assert.match(read("CHANGELOG.md"), new RegExp(`^## \\[(Unreleased|${manifest.version})\\]`, "m"));
});

test("licences are those of the compiler", () => {
  const text = read("LICENSE.txt");
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    assert.ok(text.includes(readFileSync(join(repository, name), "utf8").trim()), name);
  }
});

test("the README names each command and each setting", () => {
  const readme = read("README.md");
  for (const { title } of contributes.commands) assert.ok(readme.includes(title), title);
  for (const name of Object.keys(contributes.configuration.properties)) assert.ok(readme.includes(`\`${name}\``), name);
});

test("the lock file names no registry, and versions are exact", () => {
  assert.doesNotMatch(read("package-lock.json"), /"resolved"/);
  for (const [name, version] of Object.entries(manifest.devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

/** The names of the files in a ZIP archive, from its directory. */
function zipEntries(archive: Buffer): string[] {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06"));
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [number, number, number];
    names.push(archive.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names.sort();
}

test("the package holds what is needed, and nothing else", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "archc-vsix-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "archc.vsix");
  await pack(file);
  const archive = readFileSync(file);
  assert.deepEqual(zipEntries(archive), [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/dist/extension.cjs",
    "extension/dist/preview.css",
    "extension/dist/preview.js",
    "extension/dist/third-party-notices.txt",
    "extension/icons/arch-dark.svg",
    "extension/icons/arch-light.svg",
    "extension/icons/archc.png",
    "extension/images/preview.png",
    "extension/language-configuration.json",
    "extension/package.json",
    "extension/readme.md",
    "extension/snippets/arch.json",
    "extension/syntaxes/arch.tmLanguage.json",
    "extension/syntaxes/markdown.arch.tmLanguage.json",
  ]);
  assert.ok(archive.length < 4_000_000, `${archive.length} bytes`);
});

test("what is bundled comes with its licence", () => {
  const notices = read("dist/third-party-notices.txt");
  for (const name of ["mermaid", "vscode-languageclient", "dompurify"]) assert.match(notices, new RegExp(`^${name} \\d`, "m"));
  assert.equal(notices.match(/undefined/), null);
});
