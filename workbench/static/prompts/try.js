// One clip, or the microphone, with the prompt as it stands in the editor.

import { typeset } from "../shared/board.js";
import { element } from "../shared/dom.js";
import { attemptNodes } from "../runs/evaluate.js";
import { request, requestLines } from "../shared/requests.js";

const SEARCH_AFTER_MS = 200;
const TIMES = [
  ["words", "first words"],
  ["formula", "formula"],
  ["answer", "first sound"],
  ["complete", "all"],
];

export class TryIt {
  #ui;
  #edited;
  /** @type {number | undefined} */
  #timer;
  /** @type {AbortController | null} */
  #running = null;
  #sound = "";

  /** @param {Ui} ui @param {() => Wire.PromptText} edited */
  constructor(ui, edited) {
    this.#ui = ui;
    this.#edited = edited;
    ui.dataset.addEventListener("change", () => this.#list());
    ui.search.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#list(), SEARCH_AFTER_MS);
    });
    ui.go.addEventListener("click", () => (this.#running ? this.#running.abort() : this.#try()));
    ui.speak.addEventListener("click", () => this.#speak());
  }

  /** @param {Wire.PromptsView} about */
  show({ datasets }) {
    const { dataset } = this.#ui;
    if (dataset.options.length === datasets.length) return;
    const chosen = dataset.value;
    dataset.replaceChildren(...datasets.map((name) => element("option", { value: name, textContent: name })));
    if (datasets.includes(chosen)) dataset.value = chosen;
    this.#list();
  }

  async #list() {
    const { dataset, search, clip, go } = this.#ui;
    if (!dataset.value) return this.#tell("There is no dataset yet.");
    try {
      /** @type {Wire.ClipView[]} */
      const clips = await request("GET", `/api/trials/clips/${encodeURIComponent(dataset.value)}?text=${encodeURIComponent(search.value)}`);
      clip.replaceChildren(...clips.map(({ id, words }) => element("option", { value: id, textContent: `${words}  (${id})` })));
      if (!clips.length) clip.append(element("option", { value: "", textContent: "No clip has these words." }));
      go.disabled = !clips.length;
    } catch (error) {
      this.#tell(error.message, true);
    }
  }

  async #try() {
    const { dataset, clip, go, tried } = this.#ui;
    const { signal } = (this.#running = new AbortController());
    go.textContent = "Stop";
    this.#tell("Listening …");
    const words = element("p", { className: "wb-words" });
    const formulas = element("div", { className: "wb-math" });
    const answer = element("p", { className: "pr-answer" });
    tried.replaceChildren(words, formulas, answer);
    try {
      /** @type {Wire.OneClip} */
      const wanted = { edited: this.#edited(), dataset: dataset.value, utterance_id: clip.value };
      /** @type {AsyncGenerator<Wire.TrialNews | Wire.TrialWhole | Wire.TrialProblem>} */
      const lines = requestLines("POST", "/api/trials/clip", { json: wanted, signal });
      for await (const news of lines) {
        if (news.kind === "problem") throw new Error(news.message);
        if (news.kind === "whole") this.#showWhole(news);
        else {
          words.textContent = news.text;
          formulas.replaceChildren(...news.formulas.map(typeset));
          answer.textContent = news.answer;
        }
      }
    } catch (error) {
      this.#tell(error.name === "AbortError" ? "Stopped." : error.message, error.name !== "AbortError");
    }
    this.#running = null;
    go.textContent = "Try it";
  }

  /** @param {Wire.TrialWhole} news */
  #showWhole({ attempt, answer, shown, sound, timings_ms, ours_ms }) {
    const seen = /** @type {AttemptView} */ (/** @type {unknown} */ (attempt)); // a row, and its parts
    const said = element("h3", { textContent: "The tutor’s answer" });
    const nodes = [...attemptNodes(seen), said, element("p", { className: "pr-answer", textContent: answer || "(nothing)" })];
    nodes.push(...shown.map((formula) => element("p", { className: "wb-math" }, typeset(formula))));
    if (this.#sound) URL.revokeObjectURL(this.#sound);
    this.#sound = !sound ? "" : URL.createObjectURL(new Blob([Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0))], { type: "audio/wav" }));
    if (sound) nodes.push(element("audio", { src: this.#sound, controls: true, ariaLabel: "The tutor’s answer" }));
    this.#ui.tried.replaceChildren(...nodes);
    const from = timings_ms.sent ?? 0;
    const times = TIMES.filter(([what]) => what in timings_ms).map(([what, name]) => `${name} ${Math.max(0, timings_ms[what] - from)} ms`);
    const after = times.length ? `After the clip was sent: ${times.join(", ")}. ` : "";
    this.#tell(seen.error || `${after}Connected in ${timings_ms.connected ?? "?"} ms; reading the clip took ${ours_ms} ms.`, Boolean(seen.error));
  }

  /** The Live tab takes it from here, with the prompt as a draft that has a name. */
  async #speak() {
    try {
      /** @type {Wire.Choice} */
      const choice = await request("POST", "/api/prompts/drafts", { json: this.#edited() });
      const tabs = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[role=tab]"));
      [...tabs].find((tab) => tab.textContent?.trim() === "Live")?.click();
      window.dispatchEvent(new CustomEvent("workbench:teach", { detail: choice }));
    } catch (error) {
      this.#tell(error.message, true);
    }
  }

  /** @param {string} message @param {boolean} [isProblem] */
  #tell(message, isProblem = false) {
    this.#ui["try-status"].textContent = message;
    this.#ui["try-status"].classList.toggle("wb-problem", isProblem);
  }
}
