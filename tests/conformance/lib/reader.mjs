// One worker thread per Mermaid version: the versions keep their state in globals and would
// disturb each other. Takes the files, answers with what this version read from each.

import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { JSDOM } from "jsdom";

// Mermaid cleans labels with DOMPurify, which looks for a browser when it is imported.
const { window } = new JSDOM("<!doctype html><body></body>");
Object.assign(globalThis, { window, document: window.document });
// Standard output belongs to the JSON document.
console.log = console.info = console.debug = console.error;

const { default: mermaid } = await import(workerData.alias);
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

/** The text a reader sees: Mermaid's placeholders and HTML entities decoded, `<br>` a line break. */
function visibleText(raw) {
  const html = String(raw ?? "")
    .replaceAll("ﬂ°°", "&#")
    .replaceAll("ﬂ°", "&")
    .replaceAll("¶ß", ";")
    .replace(/<br\s*\/?>/gi, "\n");
  const holder = window.document.createElement("div");
  holder.innerHTML = html;
  return holder.textContent;
}

const entriesOf = (collection) =>
  collection instanceof Map ? [...collection.entries()] : Object.entries(collection ?? {});

function readGraph(diagram) {
  const { db } = diagram;
  const subgraphs = (db.getSubGraphs?.() ?? []).map((subgraph) => ({
    id: subgraph.id,
    title: visibleText(subgraph.title),
    nodes: [...subgraph.nodes].sort(),
  }));
  // An edge to a subgraph makes Mermaid list the subgraph as a vertex too; it draws one thing.
  const subgraphIds = new Set(subgraphs.map(({ id }) => id));
  const nodes = entriesOf(db.getVertices?.())
    .filter(([id]) => !subgraphIds.has(id))
    .map(([id, vertex]) => ({
      id,
      label: visibleText(vertex.text ?? id),
      shape: vertex.type ?? "square",
      classes: vertex.classes ?? [],
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const edges = (db.getVertices ? db.getEdges() : []).map((edge) => ({
    from: edge.start,
    to: edge.end,
    label: visibleText(edge.text),
    stroke: edge.stroke,
    arrow: edge.type,
  }));
  const slices = (diagram.type === "pie" ? entriesOf(db.getSections()) : [])
    .map(([label, value]) => ({ label: visibleText(label), value }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const isSequence = diagram.type === "sequence";
  const actors = (isSequence ? entriesOf(db.getActors()) : []).map(([id, actor]) => ({
    id,
    label: visibleText(actor.description),
    type: actor.type ?? "participant",
  }));
  // Arrows, notes and titles of blocks in the order of the source. What has no text is an end of something.
  const steps = (isSequence ? db.getMessages() : [])
    .map(({ from, to, message }) => ({
      from: from ?? "",
      to: to ?? "",
      text: visibleText(message?.text ?? message),
    }))
    .filter(({ text }) => text !== "");
  return {
    type: diagram.type,
    // Mermaid 10 keeps `TD`, later versions call it `TB`.
    direction: (db.getDirection?.() ?? "").replace("TD", "TB"),
    accTitle: visibleText(db.getAccTitle?.()),
    accDescr: visibleText(db.getAccDescription?.()),
    nodes,
    edges,
    subgraphs,
    slices,
    actors,
    steps,
  };
}

/** Nodes, edges and subgraphs of what is no flowchart; `parent` of each as the reader of its sort gives it. */
const otherReaders = {
  c4: (db) => ({
    shapes: db.getC4ShapeArray().map((shape) => ({
      id: shape.alias,
      label: [shape.label, shape.techn, shape.descr].map((part) => part?.text ?? "").join("|"),
      shape: shape.typeC4Shape.text,
      parent: shape.parentBoundary,
    })),
    frames: db
      .getBoundarys()
      .filter(({ alias }) => alias !== "global")
      .map(({ alias, label, parentBoundary }) => ({ id: alias, title: label.text, parent: parentBoundary })),
    ties: db.getRels().map(({ from, to, label, techn }) => ({ from, to, label: label.text, arrow: techn?.text ?? "" })),
  }),
  architecture: (db) => ({
    shapes: db.getServices().map(({ id, title, icon, in: parent }) => ({ id, label: title, shape: icon, parent })),
    frames: db.getGroups().map(({ id, title, in: parent }) => ({ id, title, parent })),
    ties: db
      .getEdges()
      .map(({ lhsId, rhsId, lhsDir, rhsDir }) => ({ from: lhsId, to: rhsId, label: "", arrow: lhsDir + rhsDir })),
  }),
  sankey: (db) => ({
    shapes: db.getNodes().map(({ ID }) => ({ id: ID, label: ID, shape: "band" })),
    frames: [],
    ties: db.getLinks().map(({ source, target, value }) => ({ from: source.ID, to: target.ID, label: value, arrow: "" })),
  }),
};

function readOther(diagram) {
  const { shapes, frames, ties } = otherReaders[diagram.type](diagram.db);
  const within = (id) => [...shapes, ...frames].filter(({ parent }) => parent === id).map((item) => item.id);
  return {
    nodes: shapes
      .map(({ id, label, shape }) => ({ id, label: visibleText(label), shape, classes: [] }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: ties.map((tie) => ({ ...tie, label: visibleText(tie.label), arrow: visibleText(tie.arrow), stroke: "" })),
    subgraphs: frames.map(({ id, title }) => ({ id, title: visibleText(title), nodes: within(id).sort() })),
  };
}

const nothingRead = {
  type: "",
  direction: "",
  accTitle: "",
  accDescr: "",
  nodes: [],
  edges: [],
  subgraphs: [],
  slices: [],
  actors: [],
  steps: [],
};

async function read(text) {
  try {
    // `parse` applies the front matter and reports its errors; it does not hand out the graph.
    await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const other = diagram.type in otherReaders ? readOther(diagram) : {};
    return { ok: true, error: "", ...readGraph(diagram), ...other };
  } catch (error) {
    return { ok: false, error: String(error?.message ?? error?.str ?? error), ...nothingRead };
  }
}

const results = [];
for (const path of workerData.paths) {
  results.push(await read(readFileSync(path, "utf8")));
}
parentPort.postMessage(results);
