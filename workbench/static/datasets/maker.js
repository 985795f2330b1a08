// Utterances made from a formula: its phrasings, voices and noises.

import { element } from "../shared/dom.js";
import { request } from "../shared/requests.js";

const FIRST = new Set(["slt", "none"]);

export class DatasetMaker {
  #ui;
  #dataset;
  #made;

  /** `dataset()` gives where to put them, or throws; `made` is called when they are there. */
  constructor(ui, { dataset, made }) {
    this.#ui = ui;
    this.#dataset = dataset;
    this.#made = made;
    ui.phrase.addEventListener("submit", (event) => this.#on(event, () => this.#find()));
    ui.speak.addEventListener("submit", (event) => this.#on(event, () => this.#speak()));
  }

  async #find() {
    this.#ui.speak.hidden = true;
    const { phrasings, voices, conditions } = await request("POST", "/api/datasets/phrasings", {
      json: { latex: this.#ui.formula.value.trim() },
    });
    this.#ui.phrasings.replaceChildren(...phrasings.map(phrasing));
    this.#ui.voices.replaceChildren(...voices.map((voice) => choice(voice, voice)));
    this.#ui.conditions.replaceChildren(...Object.entries(conditions).map(([name, words]) => choice(name, words)));
    this.#ui.speak.hidden = false;
    return "";
  }

  async #speak() {
    const name = this.#dataset();
    this.#tell("Speaking …");
    const rows = [...this.#ui.phrasings.querySelectorAll(".wb-row")];
    const chosen = rows.filter((row) => row.querySelector("[type=checkbox]").checked);
    const { ids } = await request("POST", `/api/datasets/${encodeURIComponent(name)}/made`, {
      json: {
        latex: this.#ui.formula.value.trim(),
        transcripts: chosen.map((row) => row.querySelector(".wb-field").value.trim()),
        voices: checked(this.#ui.voices),
        conditions: checked(this.#ui.conditions),
      },
    });
    await this.#made();
    return `${ids.length} ${ids.length === 1 ? "utterance is" : "utterances are"} in ${name} now.`;
  }

  async #on(event, act) {
    event.preventDefault();
    event.submitter.disabled = true;
    try {
      this.#tell(await act());
    } catch (error) {
      this.#tell(error.message, true);
    }
    event.submitter.disabled = false;
  }

  #tell(message, isProblem = false) {
    this.#ui["make-note"].textContent = message;
    this.#ui["make-note"].classList.toggle("wb-problem", isProblem);
  }
}

function phrasing(words, i) {
  const box = element("input", { type: "checkbox", checked: true, ariaLabel: `Use phrasing ${i + 1}` });
  const field = element("input", { className: "wb-field", value: words, maxLength: 500, ariaLabel: `Phrasing ${i + 1}` });
  return element("div", { className: "wb-row" }, box, field);
}

function choice(value, text) {
  const box = element("input", { type: "checkbox", value, checked: FIRST.has(value) });
  return element("label", {}, box, text);
}

function checked(group) {
  return [...group.querySelectorAll(":checked")].map(({ value }) => value);
}
