// What the preview shows for what the server answers. Knows nothing of VS Code.

import type { Diagram, DiagramNode, Position, Range } from "../protocol.ts";
import type { Place } from "./messages.ts";

export interface Picture {
  diagram: Diagram;
  note: string | null;
}

const STALE = "The text has mistakes: this is how it was before them.";
const PARTIAL = "The text has mistakes: this is what can be read of it.";

/**
 * What to show after `last`. While the text cannot be read, the last good picture stays: half a statement would take
 * arrows away and bring them back at each key. Where the cursor is on nothing to draw, it stays, too.
 */
export function nextPicture(last: Diagram | undefined, answer: Diagram | null, isBroken: boolean): Picture | undefined {
  if (answer === null) return last && { diagram: last, note: isBroken ? STALE : null };
  if (!isBroken) return { diagram: answer, note: null };
  if (last?.title !== answer.title) return { diagram: answer, note: PARTIAL };
  return { diagram: { ...last, nodes: movedNodes(last.nodes, answer.nodes) }, note: STALE };
}

/** Nodes of an old picture at the places where they are now. */
function movedNodes(old: DiagramNode[], now: DiagramNode[]): DiagramNode[] {
  const places = new Map(now.map((node) => [node.id, node]));
  return old.map((node) => places.get(node.id) ?? node);
}

/** Whether a finding says that a text cannot be read, in contrast to one about what it says. */
export function isSyntaxCode(code: unknown): boolean {
  const text = typeof code === "object" && code !== null && "value" in code ? code.value : code;
  return typeof text === "string" && text.startsWith("syntax/");
}

/** The nodes that stand for the innermost declaration at a place. */
export function nodesAt(nodes: DiagramNode[], place: Place): string[] {
  const around = nodes.filter((node) => node.uri === place.uri && contains(node.range, place.position));
  const innermost = around.reduce<Range | undefined>(
    (best, { range }) => (best === undefined || isWithin(range, best) ? range : best),
    undefined,
  );
  return innermost === undefined ? [] : around.filter(({ range }) => isWithin(range, innermost)).map(({ id }) => id);
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

function contains({ start, end }: Range, position: Position): boolean {
  return compare(start, position) <= 0 && compare(position, end) <= 0;
}

function isWithin(inner: Range, outer: Range): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
}

/** Where the first thing that can be drawn stands in a text. */
export function firstDrawn(text: string): Position | undefined {
  const line = text.split("\n").findIndex((candidate) => /^\s*(?:architecture|view|scenario)[ \t]+[\p{L}_]/u.test(candidate));
  return line < 0 ? undefined : { line, character: text.split("\n")[line]?.search(/\S/) ?? 0 };
}

/** A file name for a title. */
export function fileStem(title: string): string {
  const stem = title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return stem || "diagram";
}
