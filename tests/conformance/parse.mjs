// Reads Mermaid files with the real parsers of several Mermaid versions; prints one JSON document.
// Usage: node parse.mjs FOLDER|FILE.mmd…
//
// { "versions": { "10": "10.9.8", … },
//   "files": { "name.mmd": { "10": { ok, error, type, direction, accTitle, accDescr,
//                                    nodes: [{ id, label, shape, classes }],
//                                    edges: [{ from, to, label, stroke, arrow }],
//                                    subgraphs: [{ id, title, nodes }],
//                                    slices: [{ label, value }] }, … }, … } }
//
// Nodes are sorted by id, the slices of a pie by label; edges stand as printed. A subgraph's `nodes` are its own nodes and
// subgraphs. A file's name is its path inside the given folder, or the path as given. A diagram that does
// not parse is a result (`ok: false`), not a failure; exit code 2 is wrong usage or installation.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { mermaidVersions } from "./lib/versions.mjs";

function findFiles(argument) {
  if (!statSync(argument).isDirectory()) return [{ name: argument, path: argument }];
  return readdirSync(argument, { recursive: true })
    .map((name) => ({ name: name.replaceAll("\\", "/"), path: join(argument, name) }))
    .filter(({ name }) => name.endsWith(".mmd"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readAll({ alias }, paths) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("lib/reader.mjs", import.meta.url), {
      workerData: { alias, paths },
    });
    worker.once("message", (results) => {
      resolve(results);
      worker.terminate();
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`${alias} stopped early (exit code ${code})`)));
  });
}

async function main(args) {
  if (args.length === 0) throw new Error("usage: node parse.mjs FOLDER|FILE.mmd…");
  const files = args.flatMap(findFiles);
  if (files.length === 0) throw new Error(`no .mmd file in ${args.join(", ")}`);
  const versions = mermaidVersions();
  const paths = files.map(({ path }) => path);
  const results = await Promise.all(versions.map((version) => readAll(version, paths)));
  const document = {
    versions: Object.fromEntries(versions.map(({ major, version }) => [major, version])),
    files: Object.fromEntries(
      files.map(({ name }, file) => [
        name,
        Object.fromEntries(versions.map(({ major }, v) => [major, results[v][file]])),
      ]),
    ),
  };
  process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`parse.mjs: ${error.message}`);
  process.exitCode = 2;
});
