// Colours and letters of the editor, for Mermaid.

import type { MermaidConfig } from "mermaid";

function variable(name: string, fallback: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || fallback;
}

/** VS Code marks the page's body with the kind of its theme. */
export function isDark(): boolean {
  const { classList } = document.body;
  return classList.contains("vscode-dark") || (classList.contains("vscode-high-contrast") && !isLightContrast());
}

const isLightContrast = () => document.body.classList.contains("vscode-high-contrast-light");

/** Participants of scenarios, to go with the colours that the compiler gives to nodes of other diagrams. */
function participants(dark: boolean): Record<string, string> {
  const [fill, border, text] = dark ? ["#26364a", "#7f9bbd", "#dbe6f3"] : ["#dfe8f3", "#5f7089", "#1f2d40"];
  return {
    actorBkg: fill,
    actorBorder: border,
    actorTextColor: text,
    labelBoxBkgColor: fill,
    labelBoxBorderColor: border,
    labelTextColor: text,
    noteBkgColor: "#f0e6b8",
    noteBorderColor: "#8f7a1e",
    noteTextColor: "#443a0a",
    activationBkgColor: dark ? "#3f6291" : "#cfe1f7",
    activationBorderColor: "#3c78c3",
  };
}

/** How Mermaid draws in the theme of now. */
export function mermaidConfig(): MermaidConfig {
  const dark = isDark();
  const background = variable("--vscode-editor-background", dark ? "#1f1f1f" : "#ffffff");
  const text = variable("--vscode-editor-foreground", dark ? "#cccccc" : "#3b3b3b");
  const line = dark ? "#9aa4b2" : "#5b6675";
  return {
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    theme: dark ? "dark" : "default",
    fontFamily: variable("--vscode-font-family", "system-ui, sans-serif"),
    // Large architectures are drawn, too: what is drawn is the compiler's own text.
    maxTextSize: 1_000_000,
    maxEdges: 5_000,
    themeVariables: {
      ...participants(dark),
      // The shadow of the dark theme is a light that makes edges look blurred.
      ...(dark && { dropShadow: "drop-shadow(1px 2px 2px rgba(0, 0, 0, 0.5))" }),
      darkMode: dark,
      background,
      textColor: text,
      titleColor: text,
      lineColor: line,
      edgeLabelBackground: background,
      signalColor: line,
      signalTextColor: text,
      loopTextColor: text,
      actorLineColor: line,
    },
  };
}

/** Calls back when the theme changes. */
export function watchTheme(changed: () => void): void {
  const look = () => `${document.body.className} ${document.documentElement.getAttribute("style") ?? ""}`;
  let last = look();
  const observer = new MutationObserver(() => {
    if (look() === last) return;
    last = look();
    changed();
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}
