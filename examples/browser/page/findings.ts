/** What keeps the agent from learning, in sentences. */
import type { Finding } from "generative-agent/types";
import { element } from "./element.ts";

export function showFindings(findings: readonly Finding[]): void {
  element("findings").hidden = findings.length === 0;
  element("findings-list").replaceChildren(
    ...findings.map(({ evidence, suggestion }) =>
      Object.assign(document.createElement("li"), { textContent: `${evidence} ${suggestion}` }),
    ),
  );
}
