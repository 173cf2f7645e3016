// Where the picture lies on the stage. Lengths are in pixels of the page.

export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}
/** The picture's upper left corner, and how many times larger than drawn it is. */
export interface View extends Point {
  scale: number;
}

const LEAST = 0.05;
const MOST = 8;
/** A small picture is not blown up to more than this. */
const MOST_TO_FIT = 1.4;

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** Room on the stage that the picture is not fitted into: the title and the tools stand there. */
export interface Margins {
  top: number;
  side: number;
  bottom: number;
}

/** The whole picture, in the middle of what the margins leave. */
export function fit(picture: Size, stage: Size, { top, side, bottom }: Margins): View {
  const room = { width: Math.max(1, stage.width - 2 * side), height: Math.max(1, stage.height - top - bottom) };
  const fitting = Math.min(room.width / Math.max(1, picture.width), room.height / Math.max(1, picture.height));
  const scale = clamp(fitting, LEAST, MOST_TO_FIT);
  return {
    scale,
    x: side + (room.width - picture.width * scale) / 2,
    y: top + (room.height - picture.height * scale) / 2,
  };
}

/** Zooms to `scale` and leaves what is at `point` where it is. */
export function zoomTo(view: View, scale: number, point: Point): View {
  const next = clamp(scale, LEAST, MOST);
  const factor = next / view.scale;
  return { scale: next, x: point.x - (point.x - view.x) * factor, y: point.y - (point.y - view.y) * factor };
}

/** Moves the picture, but never all of it off the stage. */
export function pan(view: View, by: Point, picture: Size, stage: Size): View {
  const keep = 48;
  return {
    scale: view.scale,
    x: clamp(view.x + by.x, keep - picture.width * view.scale, stage.width - keep),
    y: clamp(view.y + by.y, keep - picture.height * view.scale, stage.height - keep),
  };
}
