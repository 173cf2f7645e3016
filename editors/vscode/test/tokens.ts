// Colours texts as VS Code does.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { IGrammar, IRawGrammar, StackElement } from "vscode-textmate";
import { read } from "./files.ts";

const require = createRequire(import.meta.url);
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate") as typeof import("vscode-textmate");
const { OnigScanner, OnigString, loadWASM } = require("vscode-oniguruma") as typeof import("vscode-oniguruma");

export interface Token {
  text: string;
  /** From the outermost to the innermost, without the grammar's own name. */
  scopes: string[];
}

export const MARKDOWN = require.resolve("tm-grammars/grammars/markdown.json");

const FILES: Record<string, () => string> = {
  "source.arch": () => read("syntaxes/arch.tmLanguage.json"),
  "markdown.arch.codeblock": () => read("syntaxes/markdown.arch.tmLanguage.json"),
  "text.html.markdown": () => readFileSync(MARKDOWN, "utf8"),
};

let registry: InstanceType<typeof Registry> | undefined;

async function makeRegistry() {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  return new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources: string[]) => new OnigScanner(sources),
      createOnigString: (text: string) => new OnigString(text),
    }),
    loadGrammar: (name: string): Promise<IRawGrammar | null> => {
      const text = FILES[name]?.();
      return Promise.resolve(text === undefined ? null : parseRawGrammar(text, "grammar.json"));
    },
    getInjections: (name: string) => (name === "text.html.markdown" ? ["markdown.arch.codeblock"] : undefined),
  });
}

export async function grammarOf(name: string): Promise<IGrammar> {
  registry ??= await makeRegistry();
  const grammar = await registry.loadGrammar(name);
  if (grammar === null) throw new Error(`no grammar ${name}`);
  return grammar;
}

/** The tokens of each line, white space between them left out. */
export function tokens(grammar: IGrammar, text: string): Token[][] {
  let state: StackElement = INITIAL;
  return text.split(/\r?\n/).map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens
      .map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes: scopes.slice(1) }))
      .filter(({ text }) => text.trim() !== "" && text !== "\u{FEFF}");
  });
}
