// The TextMate grammar of `.arch` files, after `grammar/arch.pest`. TextMate's format has no variables, so it is written
// here and turned into `arch.tmLanguage.json` by `npm run grammar`; a test holds the two together.
//
// No word is reserved. A word is a keyword only where what follows it shows that, and each word that cannot be one, such
// as a name after an arrow, is matched together with what stands before it.

export interface Rule {
  include?: string;
  name?: string;
  contentName?: string;
  match?: string;
  begin?: string;
  end?: string;
  while?: string;
  captures?: Captures;
  beginCaptures?: Captures;
  endCaptures?: Captures;
  whileCaptures?: Captures;
  patterns?: Rule[];
}
export type Captures = Record<string, { name?: string; patterns?: Rule[] }>;

// ---- Tokens -----------------------------------------------------------------------------------------------------------

const START = "[\\p{L}\\p{Nl}_]";
const CONTINUE = "[\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}\\p{Cf}]";
// Atomic, so that no match ends in the middle of a name.
const NAME = `(?>${START}(?:${CONTINUE}|-(?=${CONTINUE}))*)`;
const PATH = `(?>${START}(?:${CONTINUE}|-(?=${CONTINUE}))*(?:\\.${CONTINUE}+(?:-${CONTINUE}+)*)*)`;
const WS = "[ \\t]*";
const BLANK = "[ \\t]+";
const NOT_INSIDE = `(?<!${CONTINUE}|[.-])`;
const EQUALS = "=(?![>=])";
const OWN_ARROW = "(?:(?:->|=>|~>)(?![>|])|<->|<-(?!-))";
const FOREIGN_ARROW = "(?:-->>?|->>|---+>?|===*>|-\\.->|\\.\\.>|<--|[→⇒⟶➜]|[–—]>?|--|(?:->|=>|~>)(?=\\|))";
const ARROW = `(?:${OWN_ARROW}|${FOREIGN_ARROW})`;
const NAMES = `${PATH}(?:${WS},${WS}${PATH})*`;
/** `, name` where the name begins the next statement instead of going on with a list. */
const NEXT_STATEMENT = `,${WS}${PATH}${WS}(?:${EQUALS}|:|(?!via${BLANK})${START})`;
/** What can only stand at the top of a file: the block before it lacks its brace. */
const NEXT_TOP = `^(?=(?:architecture|kind|wire|pattern|extend)${BLANK}[\\p{L}_*])`;
/** What ends a statement on its line. */
const END = `(?=[,;}])|$|${NEXT_TOP}`;
const END_OF_LIST = `(?=[;}])|$|${NEXT_TOP}|(?=${NEXT_STATEMENT})`;
/** What ends a statement in which commas separate names. */
const END_OF_LINE = `(?=[;}])|$|${NEXT_TOP}`;

const scope = (name: string) => ({ name: `${name}.arch` });
const include = (...names: string[]): Rule[] => names.map((name) => ({ include: `#${name}` }));

const MODIFIER = scope("storage.modifier");
const WORD = scope("keyword.control");
const ELEMENT = scope("variable.other.element");
const KIND = scope("entity.name.type.kind");
const KEY = scope("variable.other.property");
const OPERATOR = scope("keyword.operator.assignment");
const COLON = scope("punctuation.separator.colon");
const COMMA = scope("punctuation.separator.comma");

/** A statement that begins with what is matched and ends with its line, outside of brackets and blocks. */
function statement(begin: string, captures: Captures, patterns: Rule[], end = END): Rule {
  return { begin, beginCaptures: captures, end, patterns };
}

/** A keyword with a name after it. */
function declaration(word: string, nameScope: string, parts: string[]): Rule {
  // `kind is a` lacks its name; the name of `kind is is a` is `is`.
  const nameless = `(?:is|follows)${BLANK}(?=${START})(?!(?:is|follows)${BLANK}${START})`;
  return statement(
    `${NOT_INSIDE}(${word})(?:${BLANK}(?!${nameless})(${PATH})|(?=${BLANK}(?:["{]|${nameless})))`,
    { 1: scope(`storage.type.${word.includes("|") ? "element" : word}`), 2: scope(nameScope) },
    include(...parts, "title", "block", "comment", "comma"),
  );
}

// ---- The grammar ------------------------------------------------------------------------------------------------------

/** After the bracket: neither another part of a link, nor the target of a definition. */
const NO_MARKDOWN_LINK = "(?![\\[(]|:[ \\t]*\\S+[ \\t]*$)";

const documentation: Record<string, Rule> = {
  documentation: { patterns: include("file-doc", "doc") },
  doc: docLines("///(?!/)", "comment.block.documentation"),
  "file-doc": docLines("//!", "comment.block.documentation.file"),
  /** A link to an element, which Markdown would not know: ``[`name`]``, `[name]`, `[text][name]`. */
  "element-link": {
    patterns: [
      {
        match: `(\\[)(\`)(${PATH})(\`)(\\])${NO_MARKDOWN_LINK}`,
        captures: {
          1: scope("punctuation.definition.link.begin"),
          2: scope("punctuation.definition.raw"),
          3: scope("markup.underline.link.element"),
          4: scope("punctuation.definition.raw"),
          5: scope("punctuation.definition.link.end"),
        },
      },
      {
        match: `(\\[)([^\\[\\]]+)(\\])(\\[)(\`?)(${PATH})(\`?)(\\])`,
        captures: {
          1: scope("punctuation.definition.link.begin"),
          2: scope("string.other.link.title"),
          3: scope("punctuation.definition.link.end"),
          4: scope("punctuation.definition.link.begin"),
          5: scope("punctuation.definition.raw"),
          6: scope("markup.underline.link.element"),
          7: scope("punctuation.definition.raw"),
          8: scope("punctuation.definition.link.end"),
        },
      },
      {
        match: `(\\[)(${PATH})(\\])${NO_MARKDOWN_LINK}`,
        captures: {
          1: scope("punctuation.definition.link.begin"),
          2: scope("markup.underline.link.element"),
          3: scope("punctuation.definition.link.end"),
        },
      },
    ],
  },
};

function docLines(marker: string, name: string): Rule {
  const line = `(?:^|\\G)${WS}(${marker})`;
  return {
    ...scope(name),
    begin: `${WS}(${marker})`,
    beginCaptures: { 1: scope("punctuation.definition.comment") },
    while: line,
    whileCaptures: { 1: scope("punctuation.definition.comment") },
    // Markdown's rules take their lines whole, so that links to elements are injected below.
    patterns: [{ include: "text.html.markdown" }, ...include("element-link")],
  };
}

const trivia: Record<string, Rule> = {
  comment: {
    match: "(//)(?!/(?!/)|!).*$",
    ...scope("comment.line.double-slash"),
    captures: { 1: scope("punctuation.definition.comment") },
  },
  "foreign-comment": {
    patterns: [
      { match: "(?:#|%%).*$", ...scope("invalid.illegal.comment") },
      { begin: "/\\*", end: "\\*/", ...scope("invalid.illegal.comment") },
      { begin: "<!--", end: "-->", ...scope("invalid.illegal.comment") },
    ],
  },
  comma: { match: ",", ...COMMA },
};

const attribute: Record<string, Rule> = {
  attribute: {
    patterns: [
      {
        ...scope("meta.attribute"),
        begin: `(@)(${PATH})(\\()`,
        beginCaptures: {
          1: scope("punctuation.definition.attribute"),
          2: scope("entity.name.function.decorator"),
          3: scope("punctuation.section.arguments.begin"),
        },
        end: `(\\))|${NEXT_TOP}`,
        endCaptures: { 1: scope("punctuation.section.arguments.end") },
        patterns: [
          { match: `${NAME}(/)${NAME}(?=${WS}[,)])`, ...scope("variable.other.constant.rule") },
          ...include("argument"),
        ],
      },
      {
        ...scope("meta.attribute"),
        match: `(@)(${PATH})`,
        captures: { 1: scope("punctuation.definition.attribute"), 2: scope("entity.name.function.decorator") },
      },
    ],
  },
};

function clause(named: { name: string }): Rule {
  return {
    match: `${NOT_INSIDE}(is|follows)${BLANK}(${NAMES})`,
    captures: { 1: MODIFIER, 2: { patterns: [{ match: PATH, ...named }, ...include("comma")] } },
  };
}

const declarations: Record<string, Rule> = {
  declaration: {
    patterns: [
      declaration("service|external|person", "variable.other.element", ["kind-of"]),
      declaration("architecture", "entity.name.namespace", ["clause"]),
      declaration("group", "entity.name.namespace.group", ["clause"]),
      declaration("kind", "entity.name.type.kind", ["clause"]),
      declaration("extend", "entity.name.namespace", ["clause"]),
      declaration("view", "entity.name.function.view", ["clause"]),
      declaration("scenario", "entity.name.function.scenario", ["clause"]),
      declaration("environment", "entity.name.function.environment", ["environment-clause"]),
      declaration("rule", "entity.name.function.rule", ["clause"]),
      declaration("decision", "entity.name.function.decision", ["clause"]),
      declaration("example", "entity.name.function.example", []),
      ...include("wire", "property-declaration", "meter", "limit", "pattern", "use", "steps", "note", "without"),
    ],
  },
  "kind-of": {
    match: `([:：])${WS}(${PATH})`,
    captures: { 1: COLON, 2: KIND },
  },
  /** `kind x is a, b` and `architecture x follows p`. */
  clause: clause(KIND),
  /** `environment x is production`. */
  "environment-clause": clause(scope("entity.name.function.environment")),
  title: {
    patterns: [
      { include: "#triple-string" },
      // Without its closing quote it ends before the block.
      quoted('(")|(?=[ \\t]*\\{[^"]*$)|$'),
    ],
  },
  "property-declaration": statement(
    `${NOT_INSIDE}(property)${BLANK}(${PATH})${WS}(:)`,
    { 1: scope("storage.type.property"), 2: KEY, 3: COLON },
    include("default", "type", "block", "comment"),
  ),
  /** `= value` after a type. */
  default: {
    begin: `(${EQUALS})`,
    beginCaptures: { 1: OPERATOR },
    end: "(?=[,;)}{])|$",
    patterns: include("value"),
  },
  type: {
    patterns: [
      {
        begin: "(list)(\\()",
        beginCaptures: { 1: scope("support.type"), 2: scope("punctuation.section.arguments.begin") },
        end: "(\\))|(?=[}])",
        endCaptures: { 1: scope("punctuation.section.arguments.end") },
        patterns: include("type", "comment"),
      },
      {
        begin: `(${PATH})(\\()`,
        beginCaptures: { 1: scope("support.type"), 2: scope("punctuation.section.arguments.begin") },
        end: "(\\))|(?=[}])",
        endCaptures: { 1: scope("punctuation.section.arguments.end") },
        patterns: include("argument"),
      },
      { match: PATH, ...scope("support.type") },
    ],
  },
  meter: statement(
    `${NOT_INSIDE}(meter)(?=${BLANK}")`,
    { 1: scope("storage.type.meter") },
    [
      ...include("string", "block", "comment"),
      { match: `(${EQUALS})`, captures: { 1: OPERATOR } },
      {
        match: `(@)${WS}(${PATH})`,
        captures: { 1: scope("keyword.operator.price"), 2: scope("variable.other.constant.price") },
      },
      ...include("value"),
    ],
  ),
  limit: statement(
    `${NOT_INSIDE}(limit)(?=${BLANK}")`,
    { 1: scope("storage.type.limit") },
    [
      // The quota's own words stand at its end: `… <= soft soft`.
      { match: `(?<=(?:${CONTINUE}|[)%\\]"])[ \\t])(soft|hard)(?=${WS}(?:[{,;}]|//|$))`, captures: { 1: MODIFIER } },
      ...include("string", "block", "comment", "value"),
    ],
  ),
  wire: statement(
    `${NOT_INSIDE}(wire)${BLANK}(?:(${PATH})|(\\*))`,
    { 1: scope("storage.type.wire"), 2: KIND, 3: scope("keyword.operator.all") },
    [
      {
        match: `(${OWN_ARROW})${WS}(?:(${PATH})|(\\*))?`,
        captures: { 1: { patterns: include("arrow") }, 2: KIND, 3: scope("keyword.operator.all") },
      },
      // The list goes on in the next line.
      { begin: `,(?=${WS}(?:$|//))`, beginCaptures: { 0: COMMA }, end: "(?=[^\\s/])", patterns: include("comment") },
      { match: `(,)${WS}(${PATH})`, captures: { 1: COMMA, 2: KIND } },
      {
        match: `(?<=[ \\t])(through)${BLANK}(${PATH})`,
        captures: { 1: MODIFIER, 2: KIND },
      },
      { match: `(?<=[ \\t])(?:only|never|retired|through)(?!${CONTINUE}|[.-])`, ...MODIFIER },
      { match: PATH, ...KIND },
      { match: "\\*", ...scope("keyword.operator.all") },
      ...include("foreign-arrow", "block", "comment", "comma"),
    ],
    END_OF_LINE,
  ),
  pattern: statement(
    `${NOT_INSIDE}(pattern)${BLANK}(${PATH})`,
    { 1: scope("storage.type.pattern"), 2: scope("entity.name.type.pattern") },
    [
      {
        begin: "\\(",
        beginCaptures: { 0: scope("punctuation.section.parameters.begin") },
        end: `(\\))|${NEXT_TOP}`,
        endCaptures: { 1: scope("punctuation.section.parameters.end") },
        patterns: [
          ...include("comment"),
          {
            begin: `(${PATH})${WS}(:)`,
            beginCaptures: { 1: scope("variable.parameter"), 2: COLON },
            end: "(?=[,)}])|$",
            patterns: include("default", "type", "comment"),
          },
          ...include("comma"),
        ],
      },
      ...include("title", "block", "comment"),
    ],
  ),
  use: statement(
    `${NOT_INSIDE}(use)${BLANK}(${PATH})`,
    { 1: scope("storage.type.use"), 2: scope("entity.name.type.pattern") },
    [
      { match: `${NOT_INSIDE}(as)${BLANK}(${PATH})`, captures: { 1: WORD, 2: scope("entity.name.namespace.group") } },
      ...include("arguments", "title", "block", "comment"),
    ],
  ),
  steps: {
    patterns: [
      statement(
        `${NOT_INSIDE}(alt|opt|loop|par|else|and)(?=${WS}["{])`,
        { 1: WORD },
        [
          { match: `(?<=[}\\s])(else|and)(?=${WS}["{])`, captures: { 1: WORD } },
          ...include("title", "block", "comment"),
        ],
      ),
    ],
  },
  note: statement(
    `${NOT_INSIDE}(note)${BLANK}(?=${NAMES}${WS}")`,
    { 1: WORD },
    include("string", "reference", "comma", "comment"),
    END_OF_LINE,
  ),
  without: statement(
    `${NOT_INSIDE}(without)${BLANK}(?=${PATH})`,
    { 1: WORD },
    include("reference", "comma", "comment"),
    END_OF_LIST,
  ),
};

const edges: Record<string, Rule> = {
  edge: {
    begin: `(?=${NAMES}${WS}${ARROW}|${ARROW})`,
    end: END_OF_LIST,
    patterns: include("edge-arrow", "via", "title", "block", "comment", "listed", "reference", "comma"),
  },
  /** With the name after it, which may look like a keyword. */
  "edge-arrow": {
    patterns: [
      {
        match: `(${OWN_ARROW})${WS}(${PATH})?`,
        captures: { 1: { patterns: include("arrow") }, 2: ELEMENT },
      },
      ...include("foreign-arrow"),
    ],
  },
  arrow: {
    patterns: [
      { match: "->", ...scope("keyword.operator.arrow.flow") },
      { match: "=>", ...scope("keyword.operator.arrow.call") },
      { match: "~>", ...scope("keyword.operator.arrow.side") },
      { match: "<-(?!>)", ...scope("keyword.operator.arrow.reply") },
      { match: "<->", ...scope("invalid.illegal.arrow") },
    ],
  },
  "foreign-arrow": {
    match: `(${FOREIGN_ARROW}(?:\\|[^|\\n]*\\|)?)${WS}(${PATH})?`,
    captures: { 1: scope("invalid.illegal.arrow"), 2: ELEMENT },
  },
  via: {
    begin: `${NOT_INSIDE}(via)(?=${BLANK}${PATH}|${WS}(?:$|["{]))(?:${BLANK}(?:(${PATH})${WS}(:)${WS})?(${PATH}))?`,
    beginCaptures: { 1: WORD, 2: ELEMENT, 3: COLON, 4: { patterns: include("carrier") } },
    end: `(?=["{;}])|$|(?=//)|(?=,${WS}${PATH}${WS}(?:${EQUALS}|${ARROW}|${START}))`,
    patterns: [
      {
        match: `(,)${WS}(?:(${PATH})${WS}(:)${WS})?(${PATH})`,
        captures: { 1: COMMA, 2: ELEMENT, 3: COLON, 4: { patterns: include("carrier") } },
      },
    ],
  },
  /** A kind, or the name of a service that is declared elsewhere: a dot makes it likely to be a kind. */
  carrier: {
    patterns: [
      { match: `${NAME}\\.(?:${CONTINUE}|[.-])+`, ...KIND },
      { match: PATH, ...ELEMENT },
    ],
  },
  listed: { match: `(,)${WS}(${PATH})`, captures: { 1: COMMA, 2: ELEMENT } },
  reference: { match: PATH, ...ELEMENT },
};

const properties: Record<string, Rule> = {
  property: statement(
    `(${PATH})${WS}(?:(${EQUALS})|([:：]))`,
    { 1: KEY, 2: OPERATOR, 3: scope("punctuation.separator.colon.foreign") },
    include("value", "block", "comment", "foreign-comment"),
  ),
  section: {
    match: `(?:(meta)|(${PATH}))(?=${WS}\\{)`,
    captures: { 1: scope("storage.type.meta"), 2: scope("entity.name.section") },
  },
  block: {
    begin: "\\{",
    beginCaptures: { 0: scope("punctuation.section.block.begin") },
    end: `(\\})|${NEXT_TOP}`,
    endCaptures: { 1: scope("punctuation.section.block.end") },
    patterns: include("statement"),
  },
};

const FUNCTIONS = [
  // Of expressions.
  "min", "max", "ceil", "floor", "if", "one_of", "and", "or", "not", "given", "default", "billed", "chunks", "largest",
  "batched", "scaled", "resized", "flow", "merged",
  // Of selectors, and what limits in rules measure.
  "kind", "category", "tag", "owner", "role", "status", "region", "account", "technology", "data", "carries", "moves",
  "upstream", "downstream", "neighbors", "between", "where", "has", "count", "fan_in", "fan_out", "depth", "path_length",
].join("|");

function quoted(end: string): Rule {
  return {
    ...scope("string.quoted.double"),
    begin: '"',
    beginCaptures: { 0: scope("punctuation.definition.string.begin") },
    end,
    endCaptures: { 1: scope("punctuation.definition.string.end") },
    patterns: [
      { match: '\\\\(?:[nt"\\\\]|u\\{[0-9A-Fa-f]{1,6}\\})', ...scope("constant.character.escape") },
      { match: "\\\\.", ...scope("invalid.illegal.escape") },
    ],
  };
}

const values: Record<string, Rule> = {
  value: {
    patterns: include(
      "comment", "string", "foreign-string", "date", "load", "number", "call", "list", "grouped", "constant", "sort", "symbol",
      "operator",
    ),
  },
  string: { patterns: [{ include: "#triple-string" }, quoted('(")|$')] },
  "triple-string": {
    ...scope("string.quoted.triple"),
    begin: '"""',
    beginCaptures: { 0: scope("punctuation.definition.string.begin") },
    end: `(""")|${NEXT_TOP}`,
    endCaptures: { 1: scope("punctuation.definition.string.end") },
  },
  "foreign-string": { match: "['`“”„‘’«»][^'`“”„‘’«»\\n]*['`“”„‘’«»]", ...scope("invalid.illegal.quote") },
  date: { match: "\\d{4}-\\d{2}-\\d{2}(?!\\d)", ...scope("constant.numeric.date") },
  /** `of` in `5_000/s of 1 KB`. */
  load: { match: `(?<=[\\w%])${BLANK}(of)(?=${BLANK}-?\\d)`, captures: { 1: scope("keyword.operator.of") } },
  number: {
    match: `(\\d[\\d_]*(?:\\.\\d[\\d_]*)?)(%|${WS}(?!(?:of|soft|hard|via|as)(?!${CONTINUE}))[A-Za-zµμ]+(?:/[A-Za-z]+)?|/[A-Za-z]+)?`,
    captures: { 1: scope("constant.numeric"), 2: scope("keyword.other.unit") },
  },
  call: {
    begin: `(?:(${FUNCTIONS})|(${PATH}))(\\()`,
    beginCaptures: {
      1: scope("support.function"),
      2: scope("entity.name.function"),
      3: scope("punctuation.section.arguments.begin"),
    },
    end: `(\\))|(?=\\})|${NEXT_TOP}`,
    endCaptures: { 1: scope("punctuation.section.arguments.end") },
    patterns: include("argument"),
  },
  arguments: {
    begin: "\\(",
    beginCaptures: { 0: scope("punctuation.section.arguments.begin") },
    end: `(\\))|(?=\\})|${NEXT_TOP}`,
    endCaptures: { 1: scope("punctuation.section.arguments.end") },
    patterns: include("argument"),
  },
  argument: {
    patterns: [
      {
        match: `(${PATH})${WS}(${EQUALS})`,
        captures: { 1: scope("variable.parameter"), 2: OPERATOR },
      },
      ...include("value", "comma"),
    ],
  },
  list: {
    begin: "\\[",
    beginCaptures: { 0: scope("punctuation.section.brackets.begin") },
    end: `(\\])|(?=\\})|${NEXT_TOP}`,
    endCaptures: { 1: scope("punctuation.section.brackets.end") },
    patterns: include("value", "comma"),
  },
  grouped: {
    begin: "\\(",
    beginCaptures: { 0: scope("punctuation.section.group.begin") },
    end: `(\\))|(?=\\})|${NEXT_TOP}`,
    endCaptures: { 1: scope("punctuation.section.group.end") },
    patterns: include("value", "comma"),
  },
  constant: { match: `(?:true|false)(?!${CONTINUE}|[.-])`, ...scope("constant.language.boolean") },
  /** The words of selectors for all elements of a sort. */
  sort: { match: `(?:external|person|service|group|carrier)(?!${CONTINUE}|[.-])`, ...scope("support.type.sort") },
  symbol: { match: PATH, ...scope("variable.other.constant.symbol") },
  operator: {
    patterns: [
      { match: "->|=>|~>", ...scope("keyword.operator.arrow") },
      { match: "==|!=|<=|>=|<(?!-)|>", ...scope("keyword.operator.comparison") },
      { match: "[+\\-*&]|/(?![/*])", ...scope("keyword.operator.arithmetic") },
    ],
  },
};

export const grammar = {
  name: "archc",
  scopeName: "source.arch",
  fileTypes: ["arch"],
  patterns: include("statement", "stray-brace"),
  injections: {
    "L:comment.block.documentation - markup.fenced_code - markup.inline.raw - meta.link.inline - punctuation": {
      patterns: include("element-link"),
    },
  },
  repository: {
    statement: {
      patterns: [
        ...include("documentation", "comment", "attribute", "foreign-comment", "declaration", "edge", "property", "section", "block"),
        // What is left is no statement: it is coloured for what it looks like.
        ...include("string", "reference", "number", "comma"),
        { match: ";", ...scope("punctuation.terminator") },
      ],
    },
    "stray-brace": { match: "\\}", ...scope("invalid.illegal.brace") },
    ...documentation,
    ...trivia,
    ...attribute,
    ...declarations,
    ...edges,
    ...properties,
    ...values,
  } satisfies Record<string, Rule>,
};
