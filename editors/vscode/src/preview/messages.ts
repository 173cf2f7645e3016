// What the preview's page and the extension say to each other.

import type { Position } from "../protocol.ts";

/** A picture to draw. */
export interface PictureMessage {
  type: "picture";
  title: string;
  mermaid: string;
  nodes: { id: string; name: string }[];
  /** What a reader has to know of the picture, such as that it is out of date. */
  note: string | null;
  /** What the page remembers, so that it comes back with the window. */
  place: Place;
}

export interface Place {
  uri: string;
  position: Position;
}

export type ToPage =
  | PictureMessage
  /** There is nothing to draw. */
  | { type: "empty"; text: string }
  /** The cursor is on what these nodes stand for. */
  | { type: "select"; ids: string[] };

export type FromPage =
  | { type: "ready" }
  /** A node was clicked. */
  | { type: "reveal"; id: string }
  /** A picture is drawn, or Mermaid could not draw it. */
  | { type: "drawn"; title: string }
  | { type: "failed"; message: string };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** A message of the page, or nothing if it is none. */
export function fromPage(value: unknown): FromPage | undefined {
  if (!isObject(value)) return undefined;
  const { type, id, title, message } = value;
  if (type === "ready") return { type };
  if (type === "reveal" && typeof id === "string") return { type, id };
  if (type === "drawn" && typeof title === "string") return { type, title };
  if (type === "failed" && typeof message === "string") return { type, message };
  return undefined;
}

/** The place that a page remembered, or nothing if it is none. */
export function rememberedPlace(state: unknown): Place | undefined {
  if (!isObject(state) || typeof state["uri"] !== "string" || !isObject(state["position"])) return undefined;
  const { line, character } = state["position"];
  if (!isIndex(line) || !isIndex(character)) return undefined;
  return { uri: state["uri"], position: { line, character } };
}

const isIndex = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
