// Scores over time of every version of one prompt, on one dataset.

import { element } from "../shared/dom.js";
import { drawPlot } from "../shared/plot.js";
import { runName } from "./compare.js";
import { request } from "../shared/requests.js";

const MAX_PLOTTED = 30;
const MAX_NAMED = 12;

/** @typedef {Wire.PromptRun & { version: string }} VersionRun */

export class Scores {
  #ui;
  /** @type {VersionRun[]} */
  #runs = [];
  /** @type {Map<string, Wire.PromptRates>} */
  #known = new Map(); // run to rates; a run that goes on is asked for again
  /** @type {import("../shared/plot.js").Point[]} */
  #points = [];
  #asked = 0;

  /** @param {Ui} ui */
  constructor(ui) {
    this.#ui = ui;
    ui.scored.addEventListener("change", () => this.#draw());
    new ResizeObserver(() => this.#plot()).observe(ui.plot);
  }

  /** @param {Wire.PromptsView} about @param {Wire.PromptView} [current] */
  show({ prompts }, current) {
    const versions = prompts.filter(({ name }) => name === current?.name);
    /** @type {Map<string, VersionRun>} */
    const found = new Map(versions.flatMap((prompt) => prompt.runs.map((run) => [run.id, { ...run, version: prompt.is_draft ? "draft" : prompt.version }])));
    for (const prompt of versions.filter(({ is_draft }) => !is_draft)) {
      for (const run of prompt.runs) found.set(run.id, { ...run, version: prompt.version });
    }
    this.#runs = [...found.values()].sort((one, other) => one.began.localeCompare(other.began));
    const datasets = [...new Set(this.#runs.map(({ dataset }) => dataset))];
    const { scored } = this.#ui;
    const chosen = scored.value;
    scored.replaceChildren(...datasets.map((name) => element("option", { value: name, textContent: name })));
    scored.disabled = !datasets.length;
    if (datasets.includes(chosen)) scored.value = chosen;
    this.#draw();
  }

  async #draw() {
    const asked = ++this.#asked;
    const runs = this.#runs.filter(({ dataset }) => dataset === this.#ui.scored.value).slice(-MAX_PLOTTED);
    this.#points = [];
    this.#plot();
    const shown = runs.toReversed().slice(0, MAX_NAMED);
    this.#ui.runs.replaceChildren(...shown.map((run) => element("li", { textContent: `Version ${run.version}: ${runName(run)}` })));
    if (!runs.length) return this.#tell("No runs yet. Compare with a baseline below, or run it in the Evaluate tab.");
    this.#tell("Scoring …");
    let problem = "";
    for (const run of runs) {
      try {
        /** @type {Wire.PromptRates} */
        const rates = this.#known.get(run.id) ?? (await request("GET", `/api/prompts/scores/${encodeURIComponent(run.id)}`));
        if (run.status === "complete") this.#known.set(run.id, rates);
        if (asked !== this.#asked) return;
        this.#points.push({ ...rates.exact, name: run.version, isHollow: run.engine === "embedded", isPart: run.is_part, title: runName(run) });
        this.#plot();
      } catch (error) {
        problem = error.message;
      }
    }
    const embedded = runs.some(({ engine }) => engine === "embedded") ? " Hollow: the embedded engine, which follows no prompt." : "";
    const parts = runs.some(({ is_part }) => is_part) ? " Squares: a chosen part." : "";
    this.#tell(problem || `Formulas exact as spoken, with 95 % intervals; failures count as wrong. Below: versions, oldest first.${parts}${embedded}`);
  }

  #plot() {
    drawPlot(this.#ui.plot, this.#points, "Formulas exact as spoken, by run");
  }

  /** @param {string} message */
  #tell(message) {
    this.#ui["plot-note"].textContent = message;
  }
}
