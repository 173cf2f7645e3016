// The client of the language server, made to say things once: by itself it shows a dozen messages when a server does not
// start. What it has to say is in the output, and what a reader has to know is said by `Server`.

import { CloseAction, ErrorAction, LanguageClient } from "vscode-languageclient/node";
import type {
  ClientCapabilities,
  CloseHandlerResult,
  ErrorHandler,
  ErrorHandlerResult,
  FeatureState,
  StaticFeature,
} from "vscode-languageclient/node";
import { Restarts } from "./restarts.ts";

export class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Starts a server again that has crashed, and gives up on one that does nothing else. */
export class Keeper implements ErrorHandler {
  /** Whether the server has ever answered. One that never did is not started again: it would end in the same way. */
  hasStarted = false;
  readonly #restarts = new Restarts();
  readonly #gaveUp: () => void;

  constructor(gaveUp: () => void) {
    this.#gaveUp = gaveUp;
  }

  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    if (!this.hasStarted) return { action: CloseAction.DoNotRestart, handled: true };
    if (this.#restarts.mayRestart(Date.now())) return { action: CloseAction.Restart, handled: true };
    this.#gaveUp();
    return { action: CloseAction.DoNotRestart, handled: true };
  }
}

/** Sorts of words that the grammar knows as well as the server does. */
const OF_THE_GRAMMAR = new Set(["comment", "decorator", "keyword", "number", "operator", "string"]);

/**
 * Asks for no colours of what the grammar colours already. Themes have other colours for the two, and words would change
 * theirs a moment after they are typed, and lose the Markdown of documentation.
 */
export class GrammarKeepsItsColours implements StaticFeature {
  fillClientCapabilities({ textDocument }: ClientCapabilities): void {
    const tokens = textDocument?.semanticTokens;
    if (tokens !== undefined) tokens.tokenTypes = tokens.tokenTypes.filter((type) => !OF_THE_GRAMMAR.has(type));
  }

  initialize(): void {}

  clear(): void {}

  getState(): FeatureState {
    return { kind: "static" };
  }
}
