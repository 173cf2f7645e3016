// The parts that know nothing of VS Code.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expand, findExecutable, isOfWorkspace } from "../src/executable.ts";
import type { Machine } from "../src/executable.ts";
import { fromPage, rememberedPlace } from "../src/preview/messages.ts";
import { fileStem, firstDrawn, isSyntaxCode, nextPicture, nodesAt } from "../src/preview/picture.ts";
import type { Diagram, DiagramNode } from "../src/protocol.ts";
import { Restarts } from "../src/restarts.ts";
import { compilerSetting, serverSettings } from "../src/settings.ts";
import { fit, pan, zoomTo } from "../src/webview/geometry.ts";
import { nodeOf } from "../src/webview/nodes.ts";

// ---- Settings ---------------------------------------------------------------------------------------------------------

const reader = (values: Record<string, unknown>) => ({
  get: <T>(key: string, fallback: T) => (key in values ? values[key] : fallback) as T,
});

test("the server is told the settings in its own shape", () => {
  assert.deepEqual(serverSettings(reader({})), { inlayHints: { load: true, cost: true, defaults: true }, codeLens: true });
  assert.deepEqual(serverSettings(reader({ "inlayHints.cost": false, "codeLens.enable": false })), {
    inlayHints: { load: true, cost: false, defaults: true },
    codeLens: false,
  });
});

test("an empty path means the default", () => {
  assert.equal(compilerSetting(reader({ path: "  " })), "archc");
  assert.equal(compilerSetting(reader({ path: " ~/bin/archc " })), "~/bin/archc");
});

// ---- The compiler -----------------------------------------------------------------------------------------------------

function machine(files: string[], changes: Partial<Machine> = {}): Machine {
  return {
    platform: "linux",
    home: "/home/ada",
    folder: "/work",
    folders: ["/work", "/more"],
    cargo: "/home/ada/.cargo/bin",
    path: "/usr/bin::bin:/home/ada/bin",
    pathExt: ".COM;.EXE",
    isFile: (path) => files.includes(path),
    realPath: (path) => path,
    ...changes,
  };
}

test("a bare name is looked for on the path", () => {
  assert.equal(findExecutable("archc", machine(["/home/ada/bin/archc"])), "/home/ada/bin/archc");
  assert.equal(findExecutable("archc", machine(["/usr/bin/archc", "/home/ada/bin/archc"])), "/usr/bin/archc");
  assert.equal(findExecutable("archc", machine([])), undefined);
});

test("what cargo has installed is found without a path, after what is on it", () => {
  assert.equal(findExecutable("archc", machine(["/home/ada/.cargo/bin/archc"])), "/home/ada/.cargo/bin/archc");
  assert.equal(findExecutable("archc", machine(["/home/ada/bin/archc", "/home/ada/.cargo/bin/archc"])), "/home/ada/bin/archc");
});

test("nothing of the workspace is run for a bare name", () => {
  assert.equal(findExecutable("archc", machine(["bin/archc", "/work/archc", "archc"])), undefined);
});

test("a path is a file, below the workspace if it is relative", () => {
  assert.equal(findExecutable("/opt/archc", machine(["/opt/archc"])), "/opt/archc");
  assert.equal(findExecutable("target/archc", machine(["/work/target/archc"])), "/work/target/archc");
  assert.equal(findExecutable("target/archc", machine(["/work/target/archc"], { folder: undefined })), undefined);
  assert.equal(findExecutable("~/archc", machine(["/home/ada/archc"])), "/home/ada/archc");
});

test("what lies in the workspace is known, whatever it is called", () => {
  const links: Record<string, string> = { "/home/ada/bin/archc": "/work/target/archc", "/work": "/disk/work", "/opt/archc": "/disk/work/archc" };
  const known = (file: string, changes: Partial<Machine> = {}) =>
    isOfWorkspace(file, machine([], { realPath: (path) => links[path] ?? path, ...changes }));
  for (const file of ["/work/target/debug/archc", "/work/../work/archc", "/more/archc", "/home/ada/bin/archc", "/opt/archc"]) {
    assert.ok(known(file), file);
  }
  for (const file of ["/usr/bin/archc", "/workshop/archc", "/work/../archc", "/..more/archc"]) assert.ok(!known(file), file);
  assert.ok(!known("/work/archc", { folders: [] }));
  assert.ok(known("c:\\Work\\archc.exe", { platform: "win32", folders: ["C:\\work"] }));
  assert.ok(!known("d:\\work\\archc.exe", { platform: "win32", folders: ["C:\\work"] }));
  assert.ok(known("/Work/archc", { platform: "darwin" }));
});

test("on Windows, names get the extensions of programs", () => {
  const windows = { platform: "win32", home: "C:\\Users\\ada", path: "C:\\bin;D:\\tools" } as const;
  assert.equal(findExecutable("archc", machine(["D:\\tools\\archc.exe"], windows)), "D:\\tools\\archc.exe");
  assert.equal(findExecutable("C:\\x\\archc.exe", machine(["C:\\x\\archc.exe"], windows)), "C:\\x\\archc.exe");
});

test("a home or a folder with a dollar sign stands as it is", () => {
  assert.equal(expand("~/archc", machine([], { home: "/home/$&" })), "/home/$&/archc");
  assert.equal(expand("${workspaceFolder}/archc", machine([], { folder: "/w/$1" })), "/w/$1/archc");
});

test("a server that crashes now and then is started again, one that only crashes is not", () => {
  const minute = 60_000;
  const rarely = new Restarts();
  for (let time = 0; time < 60; time += 1) assert.ok(rarely.mayRestart(time * minute));
  const often = new Restarts();
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((time) => often.mayRestart(time)), [true, true, true, true, false, false]);
  assert.ok(often.mayRestart(10 * minute));
});

// ---- What the preview shows -------------------------------------------------------------------------------------------

function node(id: string, from: [number, number], to: [number, number], uri = "file:///a.arch"): DiagramNode {
  const [start, end] = [from, to].map(([line, character]) => ({ line, character })) as [DiagramNode["range"]["start"], DiagramNode["range"]["end"]];
  return { id, name: id, uri, range: { start, end } };
}

const shop: Diagram = { title: "Shop", mermaid: "flowchart LR\n a --> b", nodes: [node("a", [1, 0], [1, 9]), node("b", [2, 0], [2, 9])] };
const half: Diagram = { title: "Shop", mermaid: "flowchart LR\n a", nodes: [node("a", [5, 0], [5, 9])] };

test("a good text shows what it says", () => {
  assert.deepEqual(nextPicture(undefined, shop, false), { diagram: shop, note: null });
  assert.deepEqual(nextPicture(shop, half, false), { diagram: half, note: null });
});

test("a broken text keeps the last good picture, with its nodes where they are now", () => {
  const picture = nextPicture(shop, half, true);
  assert.equal(picture?.diagram.mermaid, shop.mermaid);
  assert.deepEqual(picture?.diagram.nodes, [half.nodes[0], shop.nodes[1]]);
  assert.match(picture?.note ?? "", /before/);
});

test("a broken text without a former picture shows what can be read of it", () => {
  for (const last of [undefined, { ...shop, title: "Lake" }]) {
    const picture = nextPicture(last, half, true);
    assert.equal(picture?.diagram, half);
    assert.match(picture?.note ?? "", /can be read/);
  }
});

test("where nothing can be drawn, the last picture stays", () => {
  assert.equal(nextPicture(undefined, null, false), undefined);
  assert.deepEqual(nextPicture(shop, null, false), { diagram: shop, note: null });
  assert.match(nextPicture(shop, null, true)?.note ?? "", /mistakes/);
});

test("only findings about syntax make a text unreadable", () => {
  assert.ok(isSyntaxCode("syntax/unclosed"));
  assert.ok(isSyntaxCode({ value: "syntax/incomplete", target: "…" }));
  for (const code of ["name/unknown", "wiring/unsupported", 3, undefined, null, { value: 3 }]) assert.ok(!isSyntaxCode(code));
});

test("the cursor is on the innermost declaration around it", () => {
  const nodes = [node("g", [0, 0], [9, 1]), node("a", [2, 2], [4, 3]), node("a2", [2, 2], [4, 3]), node("z", [2, 0], [3, 0], "file:///z.arch")];
  const at = (line: number, character: number, uri = "file:///a.arch") => nodesAt(nodes, { uri, position: { line, character } });
  assert.deepEqual(at(3, 0), ["a", "a2"]);
  assert.deepEqual(at(2, 2), ["a", "a2"]);
  assert.deepEqual(at(2, 1), ["g"]);
  assert.deepEqual(at(9, 2), []);
  assert.deepEqual(at(2, 5, "file:///z.arch"), ["z"]);
});

test("the first thing that can be drawn is found", () => {
  assert.deepEqual(firstDrawn("//! A file\n\n/// architecture x\n  architecture größe {\n  view v"), { line: 3, character: 2 });
  assert.deepEqual(firstDrawn("view all { show = * }"), { line: 0, character: 0 });
  assert.equal(firstDrawn("rule r {\n  view = architecture\n}\n"), undefined);
});

test("a title makes a file name", () => {
  assert.equal(fileStem("Modern Data Lake: ingestion"), "modern-data-lake-ingestion");
  assert.equal(fileStem("Größe / 訂單"), "größe-訂單");
  assert.equal(fileStem("../..\\"), "diagram");
});

// ---- Messages ---------------------------------------------------------------------------------------------------------

test("what is no message of the page is none", () => {
  assert.deepEqual(fromPage({ type: "reveal", id: "n_raw", more: 1 }), { type: "reveal", id: "n_raw" });
  assert.deepEqual(fromPage({ type: "ready" }), { type: "ready" });
  for (const value of [null, "ready", {}, { type: "reveal" }, { type: "reveal", id: 3 }, { type: "run", id: "x" }]) {
    assert.equal(fromPage(value), undefined);
  }
});

test("a remembered place is one only if it is whole", () => {
  const place = { uri: "file:///a.arch", position: { line: 3, character: 0 } };
  assert.deepEqual(rememberedPlace({ ...place, more: 1 }), place);
  for (const state of [undefined, {}, { uri: "x" }, { ...place, position: { line: -1, character: 0 } }, { ...place, position: { line: 1.5, character: 0 } }]) {
    assert.equal(rememberedPlace(state), undefined);
  }
});

// ---- Clicks and zoom --------------------------------------------------------------------------------------------------

test("elements of all sorts of diagrams lead to their nodes", () => {
  const known = new Set(["n_raw", "n_a__b", "g_ingest", "n_x-1"]);
  const of = (id: string, name: string | null = null, dataId: string | null = null) => nodeOf({ id, name, dataId }, "archc-3", known);
  assert.equal(of("archc-3-flowchart-n_raw-12"), "n_raw");
  assert.equal(of("archc-3-flowchart-n_x-1-12"), "n_x-1");
  assert.equal(of("flowchart-n_raw-12"), "n_raw");
  assert.equal(of("archc-3-g_ingest"), "g_ingest");
  assert.equal(of("archc-3-service-n_a__b"), "n_a__b");
  assert.equal(of("archc-3-group-g_ingest"), "g_ingest");
  assert.equal(of("", "n_raw"), "n_raw");
  assert.equal(of("root-5", null, "n_raw"), "n_raw");
  assert.equal(of("archc-3-L_n_raw_n_a__b_0", null, "L_n_raw_n_a__b_0"), undefined);
  assert.equal(of("archc-3-flowchart-n_other-1"), undefined);
});

const stage = { width: 800, height: 600 };

test("a picture fits the stage, and a small one is not blown up", () => {
  const wide = fit({ width: 1600, height: 400 }, stage, { top: 0, side: 0, bottom: 0 });
  assert.deepEqual(wide, { scale: 0.5, x: 0, y: 200 });
  const small = fit({ width: 100, height: 100 }, stage, { top: 60, side: 20, bottom: 40 });
  assert.ok(small.scale < 2);
  assert.equal(small.x, (800 - 100 * small.scale) / 2);
  assert.equal(small.y, 60 + (500 - 100 * small.scale) / 2);
});

test("zooming leaves the point under the pointer where it is, and has ends", () => {
  const view = { scale: 0.5, x: 30, y: -20 };
  const point = { x: 200, y: 100 };
  const next = zoomTo(view, 1.5, point);
  const under = ({ scale, x, y }: typeof view) => [(point.x - x) / scale, (point.y - y) / scale];
  assert.deepEqual(under(next), under(view));
  assert.equal(zoomTo(view, 1e9, point).scale, 8);
  assert.equal(zoomTo(view, 0, point).scale, 0.05);
});

test("a picture cannot be moved out of sight", () => {
  const picture = { width: 400, height: 300 };
  const far = pan({ scale: 1, x: 0, y: 0 }, { x: 1e6, y: -1e6 }, picture, stage);
  assert.ok(far.x < stage.width && far.y + picture.height > 0);
});
