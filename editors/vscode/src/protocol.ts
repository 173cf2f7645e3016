// What the extension and `archc lsp` say to each other beyond the Language Server Protocol.

export interface Position {
  line: number;
  character: number;
}
export interface Range {
  start: Position;
  end: Position;
}

/** A place in a document: the parameters of both requests. */
export interface PlaceParams {
  textDocument: { uri: string };
  position: Position;
}

/** A node of a diagram, and where what it stands for is declared. */
export interface DiagramNode {
  /** The id in the Mermaid text. */
  id: string;
  /** The dotted name in the language. */
  name: string;
  uri: string;
  range: Range;
}

/** The diagram of the architecture, view or scenario at a place. */
export interface Diagram {
  title: string;
  mermaid: string;
  nodes: DiagramNode[];
}

/** What the architecture at a place costs. */
export interface Bill {
  title: string;
  markdown: string;
}

export const DIAGRAM_REQUEST = "archc/diagram";
export const BILL_REQUEST = "archc/bill";

/** Commands that lenses and actions of the server carry; the extension runs them. */
export const LENS_COMMANDS = {
  showReferences: "archc.showReferences",
  preview: "archc.preview",
  showBill: "archc.showBill",
  rename: "archc.rename",
} as const;
