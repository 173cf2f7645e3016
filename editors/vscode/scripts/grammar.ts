// Writes the TextMate grammar. `npm run grammar`
import { writeFileSync } from "node:fs";
import { grammar } from "../syntaxes/arch.ts";

/** The text of `syntaxes/arch.tmLanguage.json`. */
export const grammarText = `${JSON.stringify(grammar, null, 2)}\n`;

if (import.meta.main) {
  writeFileSync(new URL("../syntaxes/arch.tmLanguage.json", import.meta.url), grammarText);
}
