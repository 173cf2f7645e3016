// The stage on which the picture lies: drag or wheel to move, Ctrl and wheel or two fingers to zoom, keys for both.

import { fit, pan, zoomTo } from "./geometry.ts";
import type { Point, Size, View } from "./geometry.ts";

const MARGINS = { top: 48, side: 24, bottom: 52 };
/** A pointer that moves no farther has clicked. */
const CLICK = 4;

export class Stage {
  /** Whether the pointer that was just lifted had moved the picture. */
  wasDragged = false;
  readonly #stage: HTMLElement;
  readonly #picture: HTMLElement;
  readonly #level: HTMLElement;
  #size: Size = { width: 1, height: 1 };
  #view: View = { x: 0, y: 0, scale: 1 };
  /** Whether the reader has chosen what to see; else it fits, also after a resize. */
  #isChosen = false;

  constructor(stage: HTMLElement, picture: HTMLElement, level: HTMLElement) {
    this.#stage = stage;
    this.#picture = picture;
    this.#level = level;
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.#drag(event));
    stage.addEventListener("dblclick", () => this.fit());
    window.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#isChosen || this.fit()).observe(stage);
  }

  /** Takes a new picture. One of the same thing stays where the old one was. */
  accept(svg: SVGSVGElement | null, isSame: boolean): void {
    if (svg === null) return;
    const { width, height } = svg.viewBox.baseVal;
    const box = svg.getBoundingClientRect();
    this.#size = { width: width || box.width || 1, height: height || box.height || 1 };
    svg.style.maxWidth = "none";
    svg.setAttribute("width", String(this.#size.width));
    svg.setAttribute("height", String(this.#size.height));
    if (!isSame || !this.#isChosen) this.fit();
  }

  fit(): void {
    this.#isChosen = false;
    this.#show(fit(this.#size, this.#room(), MARGINS));
  }

  zoomBy(factor: number, at = this.#middle()): void {
    this.#choose(zoomTo(this.#view, this.#view.scale * factor, at));
  }

  zoomToActual(): void {
    this.#choose(zoomTo(this.#view, 1, this.#middle()));
  }

  #room(): Size {
    return { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  #middle(): Point {
    const { width, height } = this.#room();
    return { x: width / 2, y: height / 2 };
  }

  #choose(view: View): void {
    this.#isChosen = true;
    this.#show(view);
  }

  #show(view: View): void {
    this.#view = view;
    this.#picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.#level.textContent = `${Math.round(view.scale * 100)}%`;
  }

  #move(by: Point): void {
    this.#choose(pan(this.#view, by, this.#size, this.#room()));
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const box = this.#stage.getBoundingClientRect();
    // Two fingers on a touchpad arrive as a wheel with Ctrl.
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-event.deltaY * lines * 0.005);
      this.zoomBy(factor, { x: event.clientX - box.left, y: event.clientY - box.top });
    } else {
      this.#move({ x: -event.deltaX * lines, y: -event.deltaY * lines });
    }
  }

  #drag(down: PointerEvent): void {
    this.wasDragged = false;
    if (down.button !== 0 && down.button !== 1) return;
    let last = { x: down.clientX, y: down.clientY };
    const move = (event: PointerEvent) => {
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > CLICK;
      if (!far && !this.wasDragged) return;
      this.wasDragged = true;
      this.#stage.classList.add("dragged");
      this.#move({ x: event.clientX - last.x, y: event.clientY - last.y });
      last = { x: event.clientX, y: event.clientY };
    };
    const up = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", up);
      this.#stage.classList.remove("dragged");
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 48;
    const acts: Record<string, () => void> = {
      "+": () => this.zoomBy(1.25),
      "=": () => this.zoomBy(1.25),
      "-": () => this.zoomBy(0.8),
      "0": () => this.fit(),
      "1": () => this.zoomToActual(),
      ArrowLeft: () => this.#move({ x: step, y: 0 }),
      ArrowRight: () => this.#move({ x: -step, y: 0 }),
      ArrowUp: () => this.#move({ x: 0, y: step }),
      ArrowDown: () => this.#move({ x: 0, y: -step }),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }
}
