// What the pages of the book do in a browser: blocks of `arch` code get colours, and Mermaid diagrams are drawn.
//
// Mermaid is large, so that only pages with diagrams fetch it, from beside this file; `book/build.sh` puts it there. Where it
// is missing, the text of the diagrams stays.
(() => {
  "use strict";

  const here = document.currentScript.src;

  // ---- Colours --------------------------------------------------------------------------------------------------------

  // A word is a keyword only where a name, a title or a block follows, since no word is reserved. A test
  // holds these to the grammar.
  const DECLARATIONS = [
    "architecture", "decision", "environment", "example", "extend", "external", "group", "kind", "limit", "meter", "pattern",
    "person", "property", "rule", "scenario", "service", "use", "view", "wire", "without", "meta", "retired",
    "alt", "opt", "loop", "par", "note", "else",
  ];

  const rules = () => ({
    name: "arch",
    contains: [
      { className: "comment", begin: /\/\//, end: /$/ },
      { className: "string", begin: /"""/, end: /"""/ },
      { className: "string", begin: /"/, end: /"|$/, contains: [{ begin: /\\./ }] },
      { className: "meta", begin: /@allow\b/ },
      {
        className: "keyword",
        begin: new RegExp(`\\b(?:${DECLARATIONS.join("|")})\\b(?![.-])(?=[ \\t]+[^\\s=:.,)\\]}~<>-])`),
      },
      { className: "keyword", begin: /\b(?:via|is|as|follows|good|bad)\b(?=[ \t]+[^\s=:.,)\]}~<>-])/ },
      { begin: /:[ \t]+(?=[a-z])/, end: /(?![\w.-])/, contains: [{ className: "built_in", begin: /[\w.-]+/ }] },
      { className: "built_in", begin: /\b(?:aws|team)\.[\w.-]*\w/ },
      { className: "attribute", begin: /\b[A-Za-z_][\w.-]*(?=[ \t]*=(?![>=]))/ },
      { begin: /\b[A-Za-z_]\w*(?:-\w+)+/ },
      { className: "number", begin: /\b\d[\d_]*(?:[.:-]\d+)*(?:%|x\b|\/[a-z]+\b)?(?:[ \t](?:[KMGTP]i?B|B|ms|s|min|h|d|y|USD|EUR)\b(?:\/[a-z]+\b)?)?/ },
    ],
  });

  /** Commands of a terminal stand out from what they print. */
  const terminal = () => ({
    name: "console",
    contains: [
      { begin: /^\$ /, end: /$/, className: "keyword" },
      { begin: /^(?:error|warning|note)\[/, end: /\]/, className: "symbol" },
      { begin: /^[+-] *(?:added|removed)\b/, className: "symbol" },
    ],
  });

  function colour() {
    if (!globalThis.hljs) return;
    hljs.registerLanguage("arch", rules);
    hljs.registerLanguage("console", terminal);
    for (const block of document.querySelectorAll("code.language-arch, code.language-console")) {
      hljs.highlightBlock(block);
    }
  }

  // ---- Diagrams -------------------------------------------------------------------------------------------------------

  const root = document.documentElement;
  const isDark = () => ["navy", "coal", "ayu"].some((theme) => root.classList.contains(theme));

  /** Diagrams of the page: where each is drawn, and its text. */
  const diagrams = [];

  function load(script) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(script, here).href;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${script} is not there: \`book/build.sh\` brings it`));
      document.head.append(element);
    });
  }

  let drawn = null;

  async function draw() {
    const theme = isDark() ? "dark" : "default";
    if (theme === drawn) return;
    drawn = theme;
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme });
    for (const [index, { figure, source, text }] of diagrams.entries()) {
      const { svg } = await mermaid.render(`diagram-${index}-${theme}`, source);
      // The reader may have chosen another theme meanwhile.
      if (drawn !== theme) return;
      figure.innerHTML = svg;
      // In a narrow window it scrolls, rather than to become too small to read.
      const picture = figure.firstElementChild;
      picture.style.minWidth = `${0.6 * parseFloat(picture.style.maxWidth || 0)}px`;
      figure.dataset.theme = theme;
      text.hidden = true;
    }
  }

  function prepare() {
    for (const code of document.querySelectorAll("pre > code.language-mermaid")) {
      const text = code.parentElement;
      const figure = document.createElement("figure");
      figure.className = "diagram";
      text.before(figure);
      diagrams.push({ figure, source: code.textContent, text });
    }
  }

  async function main() {
    colour();
    prepare();
    if (diagrams.length === 0) return;
    await load("mermaid.min.js");
    await draw();
    new MutationObserver(() => draw().catch(console.error)).observe(root, { attributeFilter: ["class"] });
  }

  main().catch((error) => console.error(error.message));
})();
