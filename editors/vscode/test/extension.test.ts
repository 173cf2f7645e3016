// The bundled extension, in a fake editor and with a fake server: does it start, say what is wrong, and speak the protocol?

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { Panel, Uri, fakeVscode } from "./fake/vscode.ts";
import { compiler, extension, readJson } from "./files.ts";

const require = createRequire(import.meta.url);
const BUNDLE = join(extension, "dist/extension.cjs");
const SERVER = join(extension, "test/fake/server.mjs");
const FILE = "file:///work/lake.arch";

interface Bundle {
  activate(context: { subscriptions: { dispose(): unknown }[]; extensionUri: Uri }): void;
  deactivate(): Promise<void>;
}

/** Loads the bundle as VS Code does, with a module `vscode` that no folder has. */
function load(vscode: object): Bundle {
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const original = loader._load;
  loader._load = (request, ...rest) => (request === "vscode" ? vscode : original.call(Module, request, ...rest));
  try {
    delete require.cache[BUNDLE];
    return require(BUNDLE) as Bundle;
  } finally {
    loader._load = original;
  }
}

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`it does not happen that ${what}`);
}

interface Entry {
  method?: string;
  params?: { settings?: unknown; initializationOptions?: unknown; position?: unknown; textDocument?: { uri: string } };
  arguments?: string[];
  answer?: unknown;
}

type Editor = ReturnType<typeof fakeVscode>;

async function start(context: TestContext, settings: Record<string, unknown> = {}, prepare: (editor: Editor) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "archc-extension-"));
  const file = join(folder, "log");
  process.env["FAKE_LOG"] = file;
  chmodSync(SERVER, 0o755);
  const editor = fakeVscode({ "archc.path": SERVER, ...settings });
  prepare(editor);
  const bundle = load(editor.module);
  const subscriptions: { dispose(): unknown }[] = [];
  bundle.activate({ subscriptions, extensionUri: Uri.file("/extension") });
  context.after(async () => {
    await bundle.deactivate();
    for (const subscription of subscriptions) subscription.dispose();
    rmSync(folder, { recursive: true });
  });
  const log = (): Entry[] =>
    existsSync(file)
      ? readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Entry)
      : [];
  return { ...editor, log };
}

type Started = Awaited<ReturnType<typeof start>>;
const running = ({ seen }: Started) => until("the server runs", () => seen.status.text.includes("9.8.7"));

/** Opens the preview, whose page is ready at once. */
async function preview(started: Started) {
  started.moveTo(FILE, 2, 4);
  started.run("archc.openPreviewToSide");
  const panel = started.seen.panels.at(-1);
  assert.ok(panel);
  panel.receive({ type: "ready" });
  await until("a picture is shown", () => panel.posted.length > 1);
  return panel;
}

test("all commands are there before the server is", async (context) => {
  const started = await start(context);
  const { contributes } = readJson("package.json") as { contributes: { commands: { command: string }[] } };
  for (const { command } of contributes.commands) assert.ok(started.registered.has(command), command);
  await running(started);
});

test("the server is run as `archc lsp`, and told the settings when it starts, asks, and when they change", async (context) => {
  const started = await start(context, { "archc.inlayHints.cost": false });
  await running(started);
  const expected = { inlayHints: { load: true, cost: false, defaults: true }, codeLens: true };
  await until("the question is answered", () => started.log().some(({ answer }) => answer !== undefined));
  const log = started.log();
  assert.deepEqual(log[0]?.arguments, ["lsp"]);
  const commands = ["archc.showReferences", "archc.preview", "archc.showBill", "archc.rename"];
  const options = log.find(({ method }) => method === "initialize")?.params?.initializationOptions;
  assert.deepEqual(options, { ...expected, commands });
  assert.deepEqual(log.find(({ answer }) => answer !== undefined)?.answer, [expected]);
  started.state.settings["archc.codeLens.enable"] = false;
  started.events.configuration.fire({ affectsConfiguration: (name: string) => name === "archc" });
  const change = () => started.log().find(({ method }) => method === "workspace/didChangeConfiguration");
  await until("the change is said", () => change() !== undefined);
  assert.deepEqual(change()?.params?.settings, { archc: { ...expected, codeLens: false } });
});

test("the compiler's own server starts, and says which it is", async (context) => {
  const { seen } = await start(context, { "archc.path": compiler() });
  const { version } = readJson("package.json") as { version: string };
  await until("it says its version", () => seen.status.text === `archc: version ${version}`);
  assert.deepEqual(seen.errors, []);
});

test("a missing compiler is said in words, and commands do no harm", async (context) => {
  const started = await start(context, { "archc.path": "/nowhere/archc" });
  started.state.answer = "How to Install";
  await until("it is said", () => started.seen.errors.length > 0);
  assert.match(started.seen.errors[0] ?? "", /`\/nowhere\/archc` was not found/);
  assert.match(started.seen.status.text, /not found/);
  await until("it is explained", () => started.seen.executed.length > 0);
  assert.deepEqual(started.seen.executed, [["workbench.action.openWalkthrough", "archc.archc#begin", false]]);
  started.moveTo(FILE, 2);
  await started.run("archc.showBill");
  assert.match(started.seen.informations[0] ?? "", /not running/);
  started.run("archc.openPreview");
  const panel = started.seen.panels[0];
  panel?.receive({ type: "ready" });
  await until("the page says so", () => (panel?.posted.length ?? 0) > 0);
  assert.deepEqual(panel?.posted[0], { type: "empty", text: "The language server is not running." });
});

test("a compiler of a folder that is not trusted is not run before it is", async (context) => {
  const started = await start(context, {}, ({ module }) => {
    module.workspace.workspaceFolders = [{ uri: Uri.file(join(extension, "test")), name: "test", index: 0 }];
    module.workspace.isTrusted = false;
  });
  await until("it is said", () => started.seen.status.text === "archc: not run in a folder that is not trusted");
  assert.equal(started.seen.status.command?.command, "workbench.trust.manage");
  await started.run("archc.restartServer");
  assert.deepEqual([started.log(), started.seen.errors], [[], []]);
  started.module.workspace.isTrusted = true;
  started.events.trust.fire();
  await running(started);
});

test("a compiler that lies elsewhere is run in a folder that is not trusted", async (context) => {
  const started = await start(context, {}, ({ module }) => {
    module.workspace.workspaceFolders = [{ uri: Uri.file("/elsewhere"), name: "elsewhere", index: 0 }];
    module.workspace.isTrusted = false;
  });
  await running(started);
});

test("settings and Markdown reach the server, and other files do not", async (context) => {
  const files = { "a.arch": "arch", "deep/archc.toml": "toml", "adr/1.md": "markdown", "Cargo.toml": "toml", "main.rs": "rust" };
  const started = await start(context, {}, ({ module }) => {
    module.workspace.textDocuments = Object.entries(files).map(([path, languageId]) => {
      return { uri: Uri.file(`/work/${path}`), languageId, version: 1, isClosed: false, getText: () => "" };
    });
  });
  await running(started);
  const sent = () => started.log().filter(({ method }) => method === "textDocument/didOpen").map(({ params }) => params?.textDocument?.uri);
  const expected = ["a.arch", "deep/archc.toml", "adr/1.md"].map((path) => `file:///work/${path}`);
  await until("they are sent", () => sent().length >= expected.length);
  assert.deepEqual(sent(), expected);
});

test("a compiler that is no language server is said, once", async (context) => {
  const started = await start(context, { "archc.path": "/bin/false" });
  started.state.answers = ["Try Again"];
  await until("it is tried again", () => started.seen.errors.length > 1);
  const message = "archc: `/bin/false lsp` did not start. An old compiler may lack the language server.";
  assert.deepEqual(started.seen.errors, [message, message]);
  await until("the status says so", () => started.seen.status.text === "archc: not running");
});

test("a server that crashes is started again, and given up after a while", async (context) => {
  const started = await start(context);
  await running(started);
  const starts = () => started.log().filter(({ method }) => method === "initialized").length;
  for (let crash = 1; crash <= 5; crash += 1) {
    await until(`it runs for the ${crash}. time`, () => starts() === crash && started.seen.status.text.includes("9.8.7"));
    started.moveTo(FILE, 13);
    void Promise.resolve(started.run("archc.exportMermaid")).catch(() => undefined);
    await until("it has crashed", () => started.seen.status.text.includes("not running"));
  }
  await until("it is said", () => started.seen.errors.length > 0);
  assert.equal(started.seen.errors.length, 1);
  assert.match(started.seen.errors[0] ?? "", /crashed again and again/);
});

test("a new path starts the new compiler", async (context) => {
  const started = await start(context, { "archc.path": "/nowhere/archc" });
  await until("it is said", () => started.seen.errors.length > 0);
  started.state.settings["archc.path"] = SERVER;
  started.events.configuration.fire({ affectsConfiguration: () => true });
  await running(started);
  await started.run("archc.restartServer");
  assert.equal(started.log().filter(({ method }) => method === "initialize").length, 2);
});

test("the preview shows what the cursor is on, follows it, and leads back", async (context) => {
  const started = await start(context);
  await running(started);
  const panel = await preview(started);
  assert.equal(panel.title, "Lake");
  assert.match(panel.webview.html, /Content-Security-Policy/);
  const [picture, select] = panel.posted as [Record<string, unknown>, Record<string, unknown>];
  assert.deepEqual(picture["nodes"], [{ id: "n_raw", name: "lake.raw" }]);
  assert.deepEqual(select, { type: "select", ids: ["n_raw"] });

  started.moveTo(FILE, 7);
  await until("nothing is marked", () => isDeep(panel.posted.at(-1), { type: "select", ids: [] }));

  panel.receive({ type: "reveal", id: "n_raw" });
  await until("the declaration is shown", () => started.seen.shown.length > 0);
  assert.deepEqual(started.seen.shown, [{ uri: FILE, line: 2 }]);
  await until("it is marked", () => isDeep(panel.posted.at(-1), { type: "select", ids: ["n_raw"] }));
  started.moveTo(FILE, 2, 2);
  // A click is no reason to show another picture: the place before it is what is asked for again.
  const asked = () => started.log().filter(({ method }) => method === "archc/diagram");
  const before = asked().length;
  started.events.diagnostics.fire();
  await until("it is asked again", () => asked().length > before);
  assert.deepEqual(asked().at(-1)?.params?.position, { line: 7, character: 0 });
});

test("a broken text, or a cursor on nothing, keeps the picture", async (context) => {
  const started = await start(context);
  await running(started);
  const panel = await preview(started);
  started.state.diagnostics = [{ code: "syntax/unclosed" }];
  started.events.diagnostics.fire();
  const notes = () => (panel.posted as { type: string; note?: string | null }[]).filter(({ type }) => type === "picture").map(({ note }) => note);
  await until("there is a note", () => typeof notes().at(-1) === "string");
  assert.match(notes().at(-1) ?? "", /before them/);
  started.state.diagnostics = [{ code: "wiring/unsupported" }];
  started.moveTo(FILE, 9);
  await until("the note is gone", () => notes().at(-1) === null);
});

const askedFor = (started: Started) => started.log().findLast(({ method }) => method === "archc/diagram")?.params?.position;

test("menus mean the cursor of their file, and that of the preview means what it shows", async (context) => {
  const started = await start(context);
  await running(started);
  started.moveTo(FILE, 4, 1);
  started.run("archc.openPreviewToSide", Uri.parse(FILE), { groupId: 0 });
  started.seen.panels[0]?.receive({ type: "ready" });
  await until("the cursor's place is asked for", () => isDeep(askedFor(started), { line: 4, character: 1 }));
  started.run("archc.openPreview", Uri.parse("file:///work/other.arch"), [Uri.parse("file:///work/other.arch")]);
  await until("the file's beginning is asked for", () => isDeep(askedFor(started), { line: 0, character: 0 }));
  started.module.window.activeTextEditor = undefined;
  await started.run("archc.showBill", Uri.parse("webview-panel:/x"), { groupId: 1 });
  const billed = started.log().findLast(({ method }) => method === "archc/bill")?.params;
  assert.deepEqual(billed, { textDocument: { uri: "file:///work/other.arch" }, position: { line: 0, character: 0 } });
});

test("a preview of a file whose cursor is on nothing shows what is first in it", async (context) => {
  const started = await start(context);
  await running(started);
  started.state.text = "//! A lake.\n\narchitecture lake {\n}\n";
  started.moveTo(FILE, 9);
  started.run("archc.openPreview", Uri.parse(FILE));
  started.seen.panels[0]?.receive({ type: "ready" });
  await until("it is shown", () => started.seen.panels[0]?.title === "Lake");
  assert.deepEqual(askedFor(started), { line: 2, character: 0 });
});

test("a lens opens the preview for its own place, also after it was closed", async (context) => {
  const started = await start(context);
  await running(started);
  (await preview(started)).dispose();
  started.moveTo(FILE, 5);
  started.run("archc.preview", FILE, { line: 3, character: 1 });
  assert.equal(started.seen.panels.length, 2);
  started.seen.panels[1]?.receive({ type: "ready" });
  await until("the lens's place is asked for", () => isDeep(askedFor(started), { line: 3, character: 1 }));
});

test("a preview comes back with its window, where it was", async (context) => {
  const started = await start(context);
  await running(started);
  const panel = new Panel("Architecture");
  await started.bringBack(panel, { uri: FILE, position: { line: 6, character: 2 } });
  panel.receive({ type: "ready" });
  await until("its place is asked for", () => isDeep(askedFor(started), { line: 6, character: 2 }));
  await until("it is shown", () => panel.title === "Lake");
});

test("the bill is a page that is asked for anew", async (context) => {
  const started = await start(context);
  await running(started);
  await started.run("archc.showBill", FILE, { line: 4, character: 0 });
  const [command, uri] = started.seen.executed[0] as [string, Uri];
  assert.equal(command, "markdown.showPreviewToSide");
  assert.equal(uri.path, "/Cost of Lake.md");
  assert.equal(await started.bill(uri), "# The bill\n");
  started.moveTo(FILE, 9);
  await started.run("archc.showBill");
  assert.match(started.seen.informations[0] ?? "", /nothing to add up/);
});

test("the Mermaid source is written where the reader says", async (context) => {
  const started = await start(context);
  await running(started);
  started.moveTo(FILE, 3);
  await started.run("archc.exportMermaid");
  assert.deepEqual([...started.seen.saved], [["file:///work/lake.mmd", "flowchart LR\n  n_raw"]]);
});

test("references of a lens open the editor's own list", async (context) => {
  const started = await start(context);
  await running(started);
  const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
  await started.run("archc.showReferences", FILE, range.start, [{ uri: FILE, range }]);
  const [command, uri, position, locations] = started.seen.executed[0] as [string, unknown, { line: number }, unknown[]];
  assert.deepEqual([command, String(uri), position.line, locations.length], ["editor.action.showReferences", FILE, 1, 1]);
});

function isDeep(actual: unknown, expected: unknown): boolean {
  try {
    assert.deepEqual(actual, expected);
    return true;
  } catch {
    return false;
  }
}
