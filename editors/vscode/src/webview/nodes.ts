// Which node of the Mermaid text an element of the drawn picture stands for.

/** What is read of an SVG element. */
export interface Drawn {
  id: string;
  name: string | null;
  dataId: string | null;
}

/**
 * The node's id, if the element stands for a node that `known` has. `prefix` is the id of the picture.
 *
 * Mermaid marks nodes in its own way for each sort of diagram: `PREFIX-flowchart-ID-NUMBER` in flowcharts,
 * `PREFIX-service-ID` and `PREFIX-group-ID` in architecture diagrams, `PREFIX-ID` for frames and in C4 diagrams, and the
 * attributes `name` or `data-id` in sequence diagrams.
 */
export function nodeOf(drawn: Drawn, prefix: string, known: ReadonlySet<string>): string | undefined {
  const id = drawn.id.startsWith(`${prefix}-`) ? drawn.id.slice(prefix.length + 1) : drawn.id;
  const flowchart = /^flowchart-(.+)-\d+$/.exec(id)?.[1];
  const architecture = /^(?:service|group)-(.+)$/.exec(id)?.[1];
  return [flowchart, architecture, id, drawn.name, drawn.dataId].find(
    (candidate): candidate is string => typeof candidate === "string" && known.has(candidate),
  );
}
