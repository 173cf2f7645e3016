// Runs inside the browser (playwright serialises the function): no imports, no outer names.

/**
 * Draws every `.diagram` of the page with the loaded Mermaid and reports, in page order, what
 * stands in the picture: texts as laid out by the browser, so with every escape undone.
 */
export async function drawDiagrams(theme) {
  const { mermaid } = globalThis;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    theme: theme === "dark" ? "dark" : "default",
  });

  const textOf = (element) => (element?.innerText ?? element?.textContent ?? "").trim();
  // Labels are HTML inside the SVG; without HTML labels they are rows of SVG text.
  const labelOf = (element) => {
    const html = element?.querySelector("foreignObject > *");
    if (html) return textOf(html);
    const rows = [...(element?.querySelectorAll("tspan.row") ?? [])];
    return rows.length > 0 ? rows.map(textOf).join("\n") : textOf(element);
  };
  const texts = (svg, selector) =>
    [...svg.querySelectorAll(selector)].map(labelOf).filter((text) => text !== "");

  function describe(svg) {
    const nodes = [...svg.querySelectorAll("g.node")].map((node) => ({
      // The DOM id is [prefix-]flowchart-ID-COUNTER.
      id: node.id.match(/flowchart-(.*)-\d+$/)?.[1] ?? node.id,
      label: labelOf(node),
    }));
    const byId = (a, b) => (a.id < b.id ? -1 : 1);
    const { width, height } = svg.getBoundingClientRect();
    return {
      nodes: nodes.sort(byId),
      edges: svg.querySelectorAll("path.flowchart-link").length,
      edgeLabels: texts(svg, "g.edgeLabels > g.edgeLabel").sort(),
      subgraphs: texts(svg, "g.cluster > g.cluster-label").sort(),
      title: svg.querySelector("title")?.textContent ?? "",
      description: svg.querySelector("desc")?.textContent ?? "",
      // 0 when fine: a syntax error and an oversized text are each drawn as a picture.
      errorIcons: svg.querySelectorAll(".error-icon").length,
      oversized: svg.textContent.includes("Maximum text size in diagram exceeded"),
      width: Math.round(width),
      height: Math.round(height),
    };
  }

  const nothingDrawn = describe(document.createElementNS("http://www.w3.org/2000/svg", "svg"));

  async function draw(element, index) {
    try {
      const { svg } = await mermaid.render(`diagram-${index}`, element.textContent);
      element.innerHTML = svg;
      const picture = describe(element.querySelector("svg"));
      return { ok: picture.errorIcons === 0 && !picture.oversized, error: "", ...picture };
    } catch (error) {
      // Mermaid leaves its unfinished picture at the end of the page.
      document.getElementById(`ddiagram-${index}`)?.remove();
      return { ok: false, error: String(error?.message ?? error), ...nothingDrawn };
    }
  }

  const diagrams = [];
  for (const [index, element] of [...document.querySelectorAll(".diagram")].entries()) {
    diagrams.push(await draw(element, index));
  }
  return diagrams;
}
