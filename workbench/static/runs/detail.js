// One utterance of the compared runs: what was said, when what came, what each run made of it,
// and a listener's remarks.

import { saidPart, sidePart } from "./attempt_sides.js";
import { element } from "../shared/dom.js";
import { remarkForm } from "./remarks.js";
import { request } from "../shared/requests.js";
import { LETTERS } from "./rows.js";
import { waterfall } from "./waterfall.js";

const HIDDEN_PX = 480; // of a drawing that is not in view yet
const SETTLING_MS = 90; // arrows held down must not ask for every row that they pass

export class Detail {
  #root;
  #keep;
  #runs = [];
  #events = [];
  #pair = null;
  #side = 0;
  #settling = 0;

  /** `keep(pair, remark)` keeps what a listener found. */
  constructor(root, keep) {
    this.#root = root;
    this.#keep = keep;
  }

  /** The runs, by id, that its utterances are of, and the names of an answer's parts. */
  of(runs, events) {
    this.#runs = runs;
    this.#events = events;
    this.#side = Math.min(this.#side, runs.length - 1);
  }

  /** Show it when no other one is asked for at once. */
  settle(pair, marks) {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.show(pair, marks), SETTLING_MS);
  }

  /** Show an utterance; `marks` are the tags to offer. */
  async show(pair, marks) {
    this.#pair = pair;
    let nodes;
    try {
      const attempts = await Promise.all(pair.sides.map((row, i) => row && request("GET", this.#address(i, row))));
      nodes = this.#parts(pair, attempts, marks);
    } catch (error) {
      nodes = [element("p", { className: "wb-wrong", textContent: error.message })];
    }
    if (pair !== this.#pair) return;
    this.#root.replaceChildren(...nodes);
    this.#root.scrollTop = 0;
    this.#mark();
    this.#drawWaits();
  }

  focus() {
    this.#root.querySelector("audio, button, input")?.focus();
  }

  /** Play what was said, or stop it. */
  play() {
    const clip = this.#root.querySelector(".wb-clip");
    if (clip) clip.paused ? clip.play() : clip.pause();
  }

  /** Look at the next run; gives what is to be told. */
  switch() {
    if (this.#runs.length < 2) return "There is one run only.";
    this.#side = (this.#side + 1) % this.#runs.length;
    this.#mark();
    this.#drawWaits();
    this.#root.querySelector(".wb-current")?.scrollIntoView({ block: "nearest" });
    return `Run ${LETTERS[this.#side]}`;
  }

  /** Write into a field of the remarks. */
  edit(name) {
    const field = this.#root.querySelector(`[name=${name}]`);
    if (!field) return;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
  }

  #parts(pair, attempts, marks) {
    const sides = attempts.flatMap((attempt, i) => (attempt ? [sidePart(attempt, i, attempts.length === 1)] : []));
    const waits = element("div", { className: "wb-waits" });
    const form = remarkForm(pair, attempts[0], marks, (remark) => this.#keep(pair, remark));
    return [saidPart(attempts[0], pair), waits, element("div", { className: "wb-run-sides" }, ...sides), form];
  }

  async #drawWaits() {
    const place = this.#root.querySelector(".wb-waits");
    if (!place) return;
    const side = this.#pair.sides[this.#side] ? this.#side : 0;
    try {
      place.replaceChildren(await waterfall(`${this.#address(side, this.#pair.sides[side])}/outline`, this.#events, place.clientWidth || HIDDEN_PX));
    } catch (error) {
      place.replaceChildren(element("p", { className: "wb-hint", textContent: error.message }));
    }
  }

  #mark() {
    for (const side of this.#root.querySelectorAll("[data-side]")) {
      side.classList.toggle("wb-current", side.dataset.side === String(this.#side) && this.#runs.length > 1);
    }
  }

  #address(side, row) {
    return `/api/runs/${encodeURIComponent(this.#runs[side])}/attempts/${row.number}`;
  }
}
