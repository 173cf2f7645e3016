// The script of the preview's page: draws pictures, moves them, and tells what is clicked.

import mermaid from "mermaid";
import type { FromPage, PictureMessage, ToPage } from "../preview/messages.ts";
import { nodeOf } from "./nodes.ts";
import { Stage } from "./stage.ts";
import { mermaidConfig, watchTheme } from "./theme.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

const host = acquireVsCodeApi();

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page lacks #${id}`);
  return element;
}

const [title, note, empty, picture, tools] = ["title", "note", "empty", "picture", "tools"].map(byId) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];
const stage = new Stage(byId("stage"), picture, byId("level"));

/** What is to be seen; what is drawn may be older while Mermaid works. */
let wanted: PictureMessage | undefined;
let selected: string[] = [];
/** The text that is drawn, and its title. */
let drawn: { mermaid: string; title: string } | undefined;
let serial = 0;

function say(text: string | null): void {
  note.textContent = text ?? "";
  note.hidden = text === null;
}

function showEmpty(text: string): void {
  wanted = undefined;
  drawn = undefined;
  serial += 1;
  picture.replaceChildren();
  title.textContent = "";
  say(null);
  empty.textContent = text;
  empty.hidden = false;
  tools.hidden = true;
}

/** Draws what is wanted, unless it is drawn already. Of several drawings under way only the last one counts. */
async function draw(force = false): Promise<void> {
  if (wanted === undefined) return;
  const message = wanted;
  if (!force && drawn?.mermaid === message.mermaid && drawn.title === message.title) {
    say(message.note);
    bind(message);
    return;
  }
  const number = (serial += 1);
  const prefix = `archc-${number}`;
  mermaid.initialize(mermaidConfig());
  try {
    const { svg } = await mermaid.render(prefix, message.mermaid);
    if (number === serial) put(svg, message);
  } catch (error) {
    // Mermaid leaves its unfinished picture at the end of the page.
    document.getElementById(`d${prefix}`)?.remove();
    if (number === serial) fail(error);
  }
}

function put(svg: string, message: PictureMessage): void {
  const isSame = drawn?.title === message.title;
  picture.innerHTML = svg;
  drawn = { mermaid: message.mermaid, title: message.title };
  empty.hidden = true;
  tools.hidden = false;
  title.textContent = message.title;
  say(message.note);
  bind(message);
  stage.accept(picture.querySelector("svg"), isSame);
  host.setState(message.place);
  host.postMessage({ type: "drawn", title: message.title });
}

/** The last good picture stays, with a note. */
function fail(error: unknown): void {
  const message = String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
  if (drawn === undefined) showEmpty(`Mermaid cannot draw this: ${message}`);
  else say(`Mermaid cannot draw the text as it is now: ${message}`);
  host.postMessage({ type: "failed", message });
}

/** Makes buttons of the nodes. */
function bind(message: PictureMessage): void {
  const names = new Map(message.nodes.map((node) => [node.id, node.name]));
  const known = new Set(names.keys());
  const prefix = picture.querySelector("svg")?.id ?? "";
  for (const element of picture.querySelectorAll<SVGElement>("g, rect[name], rect[id], line[name]")) {
    const attribute = (name: string) => element.getAttribute(name);
    const id = nodeOf({ id: element.id, name: attribute("name"), dataId: attribute("data-id") }, prefix, known);
    if (id === undefined) continue;
    const label = names.get(id) ?? id;
    element.classList.add("archc-node");
    element.dataset["archcNode"] = id;
    if (element.tagName !== "g") continue;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-label", `${label}: go to its declaration`);
    hint(element, label);
  }
  select(selected);
}

/** The name in the language, where a pointer rests. */
function hint(element: SVGElement, label: string): void {
  const known = element.querySelector(":scope > title.archc-hint");
  const text = known ?? document.createElementNS("http://www.w3.org/2000/svg", "title");
  text.textContent = label;
  if (known !== null) return;
  text.classList.add("archc-hint");
  element.prepend(text);
}

function select(ids: string[]): void {
  selected = ids;
  for (const element of picture.querySelectorAll<SVGElement>(".archc-node")) {
    element.classList.toggle("archc-selected", ids.includes(element.dataset["archcNode"] ?? ""));
  }
}

function reveal(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target.closest<SVGElement>(".archc-node") : null;
  const id = element?.dataset["archcNode"];
  if (id === undefined) return false;
  host.postMessage({ type: "reveal", id });
  return true;
}

picture.addEventListener("click", (event) => {
  if (!stage.wasDragged) reveal(event.target);
});
picture.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && reveal(event.target)) event.preventDefault();
});
for (const [id, act] of [
  ["in", () => stage.zoomBy(1.25)],
  ["out", () => stage.zoomBy(0.8)],
  ["level", () => stage.zoomToActual()],
  ["fit", () => stage.fit()],
] as const) {
  byId(id).addEventListener("click", act);
}
watchTheme(() => void draw(true));

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "empty") showEmpty(data.text);
  else if (data.type === "select") select(data.ids);
  else {
    wanted = data;
    void draw();
  }
});
host.postMessage({ type: "ready" });
