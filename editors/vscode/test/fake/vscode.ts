// As much of VS Code as the extension and its language client touch. What is not here is something that can be called,
// constructed and asked for more, and does nothing: the client registers for dozens of events.

type Listener = (event: never) => unknown;

export class EventEmitter {
  readonly #listeners = new Set<Listener>();
  readonly event = (listener: Listener, self?: unknown) => {
    const bound = listener.bind(self) as Listener;
    this.#listeners.add(bound);
    return { dispose: () => this.#listeners.delete(bound) };
  };
  fire(event?: unknown): void {
    for (const listener of [...this.#listeners]) listener(event as never);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
  constructor(scheme: string, path: string, query = "") {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }
  static parse(text: string): Uri {
    const [, scheme = "", path = ""] = /^([\w-]+):(?:\/\/)?(.*)$/.exec(text) ?? [];
    return new Uri(scheme, path);
  }
  static file = (path: string) => new Uri("file", path);
  static from = ({ scheme, path, query }: { scheme: string; path: string; query?: string }) => new Uri(scheme, path, query);
  static joinPath = (base: Uri, ...parts: string[]) => new Uri(base.scheme, new URL(parts.join("/"), `file://${base.path}/`).pathname);
  with = ({ path }: { path?: string }) => new Uri(this.scheme, path ?? this.path, this.query);
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${this.path}${this.query === "" ? "" : `?${this.query}`}`;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

function nothing(): unknown {
  const known = new Map<PropertyKey, unknown>();
  return new Proxy(class {}, {
    get(target, key) {
      if (key === "then" || typeof key === "symbol") return key === Symbol.iterator ? function* () {} : undefined;
      if (key === "prototype") return target.prototype;
      if (!known.has(key)) known.set(key, nothing());
      return known.get(key);
    },
    apply: nothing,
  });
}

/** An object with more to it than is known. */
function more<T extends object>(known: T): T {
  const rest = nothing() as Record<PropertyKey, unknown>;
  return new Proxy(known, { get: (target, key) => (key in target ? Reflect.get(target, key) : rest[key]) });
}

export class Panel {
  title: string;
  active = false;
  viewColumn = 2;
  iconPath: unknown;
  revealed = 0;
  readonly posted: unknown[] = [];
  readonly #disposed = new EventEmitter();
  readonly #received = new EventEmitter();
  readonly onDidDispose = this.#disposed.event;
  readonly webview = {
    html: "",
    options: {},
    cspSource: "https://csp.invalid",
    asWebviewUri: (uri: Uri) => uri,
    onDidReceiveMessage: this.#received.event,
    postMessage: (message: unknown) => Promise.resolve(this.posted.push(message) > 0),
  };
  constructor(title: string) {
    this.title = title;
  }
  reveal = () => (this.revealed += 1);
  dispose = () => this.#disposed.fire();
  receive = (message: unknown) => this.#received.fire(message);
}

interface Filter {
  scheme?: string;
  language?: string;
  pattern?: string;
}

/** Of patterns, it knows files of a name in any folder. */
function fits({ scheme, language, pattern }: Filter, { uri, languageId }: { uri: Uri; languageId: string }): boolean {
  const isNamed = pattern === undefined || (pattern.startsWith("**/") && uri.path.endsWith(pattern.slice(2)));
  return (scheme ?? uri.scheme) === uri.scheme && (language ?? languageId) === languageId && isNamed;
}

/** VS Code, and what was done with it. */
export function fakeVscode(settings: Record<string, unknown>) {
  const events = {
    configuration: new EventEmitter(),
    selection: new EventEmitter(),
    activeEditor: new EventEmitter(),
    diagnostics: new EventEmitter(),
    document: new EventEmitter(),
    trust: new EventEmitter(),
  };
  const seen = {
    errors: [] as string[],
    informations: [] as string[],
    executed: [] as unknown[][],
    shown: [] as { uri: string; line: number }[],
    panels: [] as Panel[],
    status: { text: "", severity: -1, command: undefined as { command: string } | undefined, dispose() {} },
    saved: new Map<string, string>(),
  };
  const registered = new Map<string, (...parameters: unknown[]) => unknown>();
  let serializer: { deserializeWebviewPanel(panel: Panel, state: unknown): Promise<void> } | undefined;
  let provider: { provideTextDocumentContent(uri: Uri): Promise<string> } | undefined;
  const state = { settings, diagnostics: [] as { code: unknown }[], answer: undefined as string | undefined, answers: [] as string[], text: "" };
  const documentOf = (uri: Uri) => ({ uri, languageId: "arch", getText: () => state.text });
  const window = more({
    activeTextEditor: undefined as unknown,
    visibleTextEditors: [] as unknown[],
    createOutputChannel: () => more({ logLevel: 0 }),
    createWebviewPanel: (_type: string, title: string) => {
      const panel = new Panel(title);
      seen.panels.push(panel);
      return panel;
    },
    registerWebviewPanelSerializer: (_type: string, given: typeof serializer) => {
      serializer = given;
      return { dispose() {} };
    },
    onDidChangeTextEditorSelection: events.selection.event,
    onDidChangeActiveTextEditor: events.activeEditor.event,
    showErrorMessage: (text: string) => Promise.resolve(void seen.errors.push(text)).then(() => state.answers.shift() ?? state.answer),
    showInformationMessage: (text: string) => Promise.resolve(void seen.informations.push(text)),
    showSaveDialog: ({ defaultUri }: { defaultUri: Uri }) => Promise.resolve(defaultUri),
    showTextDocument: (target: { uri?: Uri } & Uri, { selection }: { selection?: Range } = {}) => {
      seen.shown.push({ uri: String(target.uri ?? target), line: selection?.start.line ?? 0 });
      // An editor that comes to the front tells of the cursor that it had.
      events.activeEditor.fire(window.activeTextEditor);
      return Promise.resolve(more({ selection }));
    },
  });
  const workspace = more({
    workspaceFolders: undefined as { uri: Uri; name: string; index: number }[] | undefined,
    isTrusted: true,
    onDidGrantWorkspaceTrust: events.trust.event,
    textDocuments: [] as unknown[],
    getConfiguration: (section?: string) =>
      more({
        get: (key: string, fallback: unknown) => state.settings[section === undefined ? key : `${section}.${key}`] ?? fallback,
        update: () => Promise.resolve(),
      }),
    onDidChangeConfiguration: events.configuration.event,
    onDidChangeTextDocument: events.document.event,
    registerTextDocumentContentProvider: (_scheme: string, given: typeof provider) => {
      provider = given;
      return { dispose() {} };
    },
    openTextDocument: (uri: Uri) => Promise.resolve(documentOf(uri)),
    fs: { writeFile: (uri: Uri, bytes: Uint8Array) => Promise.resolve(void seen.saved.set(String(uri), new TextDecoder().decode(bytes))) },
  });
  const languages = more({
    createLanguageStatusItem: () => seen.status,
    getDiagnostics: () => state.diagnostics,
    onDidChangeDiagnostics: events.diagnostics.event,
    match: (selector: Filter[], document: { uri: Uri; languageId: string }) => (selector.some((filter) => fits(filter, document)) ? 10 : 0),
  });
  const commands = more({
    registerCommand: (name: string, run: (...parameters: unknown[]) => unknown) => {
      registered.set(name, run);
      return { dispose: () => registered.delete(name) };
    },
    executeCommand: (...parameters: unknown[]) => Promise.resolve(void seen.executed.push(parameters)),
  });
  const module = more({
    window,
    workspace,
    languages,
    commands,
    env: { appName: "Fake", language: "en" },
    version: "1.91.0",
    EventEmitter,
    Uri,
    Position,
    Range,
    ViewColumn: { Active: -1, Beside: -2, One: 1 },
    LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
    ConfigurationTarget: { Global: 1 },
    TextEditorRevealType: { InCenterIfOutsideViewport: 2 },
  });
  /** Puts the cursor somewhere. */
  const moveTo = (uri: string, line: number, character = 0) => {
    const editor = { document: documentOf(Uri.parse(uri)), selection: { active: new Position(line, character) }, viewColumn: 1 };
    window.activeTextEditor = editor;
    window.visibleTextEditors = [editor];
    events.selection.fire({ textEditor: editor });
  };
  const run = (name: string, ...parameters: unknown[]) => registered.get(name)?.(...parameters);
  const bill = (uri: Uri) => provider?.provideTextDocumentContent(uri);
  const bringBack = (panel: Panel, remembered: unknown) => serializer?.deserializeWebviewPanel(panel, remembered);
  return { module, events, seen, state, registered, moveTo, run, bill, bringBack };
}
