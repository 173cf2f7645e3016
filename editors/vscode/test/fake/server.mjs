#!/usr/bin/env node
// A language server that knows the protocol and nothing of architecture. What it is told, it writes to $FAKE_LOG.

import { appendFileSync } from "node:fs";

const log = (entry) => appendFileSync(process.env.FAKE_LOG, `${JSON.stringify(entry)}\n`);
log({ arguments: process.argv.slice(2) });

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
}

const range = { start: { line: 2, character: 2 }, end: { line: 2, character: 20 } };

/** Answers; line 9 of any file is in no architecture, and line 13 is where the server crashes. */
const requests = {
  initialize: () => ({ capabilities: { textDocumentSync: 1 }, serverInfo: { name: "archc", version: "9.8.7" } }),
  shutdown: () => null,
  "archc/diagram": ({ textDocument, position }) =>
    position.line === 9
      ? null
      : { title: "Lake", mermaid: "flowchart LR\n  n_raw", nodes: [{ id: "n_raw", name: "lake.raw", uri: textDocument.uri, range }] },
  "archc/bill": ({ position }) => (position.line === 9 ? null : { title: "Lake", markdown: "# The bill\n" }),
};

function receive({ id, method, params }) {
  log({ method, params });
  if (params?.position?.line === 13) process.exit(3);
  if (method === "exit") process.exit(0);
  if (method === "initialized") {
    send({ id: "ask", method: "workspace/configuration", params: { items: [{ section: "archc" }] } });
  }
  if (method === undefined) log({ answer: arguments[0].result });
  if (id !== undefined && method !== undefined) send({ id, result: requests[method]?.(params) ?? null });
}

let input = Buffer.alloc(0);
process.stdin.on("data", (chunk) => {
  input = Buffer.concat([input, chunk]);
  for (;;) {
    const head = input.indexOf("\r\n\r\n");
    const length = Number(/Content-Length: (\d+)/i.exec(input.toString("latin1", 0, Math.max(head, 0)))?.[1]);
    if (head < 0 || input.length < head + 4 + length) return;
    receive(JSON.parse(input.toString("utf8", head + 4, head + 4 + length)));
    input = input.subarray(head + 4 + length);
  }
});
