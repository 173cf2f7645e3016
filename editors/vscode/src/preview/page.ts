// The page of the preview.

/** What the page is made with. */
export interface PageParts {
  /** Lets the one script run, and no other. */
  nonce: string;
  /** Where the page may load its own files from. */
  cspSource: string;
  script: string;
  style: string;
}

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** The policy: nothing but the bundled script and style. Mermaid puts a `<style>` into each picture that it draws. */
export function contentSecurityPolicy({ nonce, cspSource }: PageParts): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const ICONS = {
  in: '<path d="M8 3v10M3 8h10"/>',
  out: '<path d="M3 8h10"/>',
  fit: '<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>',
};

function button(id: string, label: string, icon: string): string {
  return `<button id="${id}" type="button" title="${label}" aria-label="${label}"><svg viewBox="0 0 16 16">${icon}</svg></button>`;
}

export function previewPage(parts: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(contentSecurityPolicy(parts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(parts.style)}">
<title>archc</title>
</head>
<body>
<header>
<h1 id="title"></h1>
<p id="note" role="status" hidden></p>
</header>
<main id="stage" tabindex="0" aria-label="Diagram"><div id="picture"></div></main>
<p id="empty">Drawing …</p>
<nav id="tools" aria-label="Zoom" hidden>
${button("out", "Zoom out (-)", ICONS.out)}
<button id="level" type="button" title="Actual size (1)" aria-label="Actual size">100%</button>
${button("in", "Zoom in (+)", ICONS.in)}
${button("fit", "Fit (0)", ICONS.fit)}
</nav>
<script nonce="${escape(parts.nonce)}" src="${escape(parts.script)}"></script>
</body>
</html>
`;
}
