// Runs to choose from, and the chosen ones with what can be done with each.

import { element } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { LETTERS } from "./rows.js";

/** @typedef {Record<string, any>} Run */

const MOST_RUNS = 8;

/**
 * Offer the runs that are not chosen yet.
 *
 * @param {HTMLSelectElement} select
 * @param {Run[]} known
 * @param {string[]} chosen
 */
export function offerRuns(select, known, chosen) {
  const left = known.filter(({ id }) => !chosen.includes(id));
  const first = known.length ? "Choose a run" : "There is no run yet: make one in Evaluate";
  const options = left.map((run) => element("option", { value: run.id, textContent: nameOf(run) }));
  select.replaceChildren(element("option", { value: "", textContent: first }), ...options);
  select.disabled = chosen.length >= MOST_RUNS || !left.length;
}

/**
 * A card for each chosen run; `remove(id)` takes it out, `tell(text)` says what happened.
 *
 * @param {string[]} chosen
 * @param {Run[]} known
 * @param {{ remove(id: string): void, tell(text: string): void }} listeners
 */
export function chosenRuns(chosen, known, { remove, tell }) {
  return chosen.map((id, i) => {
    const run = known.find((each) => each.id === id);
    const out = button("Remove", () => remove(id));
    out.ariaLabel = `Remove run ${LETTERS[i]}`;
    const head = element("p", { className: "wb-chosen-head" }, element("span", { className: `wb-key wb-run-${i}`, textContent: LETTERS[i] }), element("strong", { textContent: run ? nameOf(run) : id }));
    if (!run) return element("li", {}, head, out);
    const facts = [run.engine, `depth ${run.depth}`, run.status, `${run.planned.toLocaleString("en")} utterances`];
    if (run.is_embedded) facts[0] += ", which does not follow prompts: its scores say nothing about Gemini";
    const copy = button("Copy as command", async () => {
      await navigator.clipboard.writeText(run.command);
      tell(`Copied: ${run.command}`);
    });
    const again = button("Run only the failures again", async () => {
      try {
        await request("POST", `/api/runs/${encodeURIComponent(id)}/retry`);
        tell("The failures are queued; Evaluate shows their progress. Open this run again afterwards.");
      } catch (error) {
        tell(error.message);
      }
    });
    return element("li", {}, head, element("p", { className: "wb-hint", textContent: facts.join(" · ") }), element("div", { className: "wb-row wb-run-actions" }, copy, again, out));
  });
}

/** @param {Run} run */
function nameOf({ began, dataset, tutor }) {
  return `${began.slice(0, 16).replace("T", " ")} ${dataset}, ${tutor}`;
}

/** @param {string} textContent @param {() => unknown} act */
function button(textContent, act) {
  const node = element("button", { type: "button", className: "wb-copy", textContent });
  node.addEventListener("click", act);
  return node;
}
