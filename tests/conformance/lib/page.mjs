// Turns a Markdown document into an HTML page that looks roughly as a code host shows it.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";

const require = createRequire(import.meta.url);

function markdownRenderer() {
  const markdown = new MarkdownIt({ html: true, linkify: false });
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index];
    if (info.trim() !== "mermaid") return fence(tokens, index, ...rest);
    return `<div class="diagram">${markdown.utils.escapeHtml(content)}</div>\n`;
  };
  return markdown;
}

/** The page of `markdown` in `theme` ("light" or "dark"); its diagrams are not drawn yet. */
export function htmlPage(markdown, theme) {
  const css = readFileSync(require.resolve(`github-markdown-css/github-markdown-${theme}.css`));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<style>${css}
body { margin: 0; background: ${theme === "dark" ? "#0d1117" : "#ffffff"}; }
main { max-width: 980px; margin: 0 auto; padding: 32px; }
.diagram { margin-bottom: 16px; white-space: pre; }
/* Code hosts draw in a frame of its own: the page's text styles must not reach the labels. */
.diagram svg { display: block; margin: 0 auto; line-height: normal; white-space: normal; }
</style>
</head>
<body><main class="markdown-body">
${markdownRenderer().render(markdown)}</main></body>
</html>
`;
}
