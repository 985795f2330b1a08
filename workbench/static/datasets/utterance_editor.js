// One utterance of a dataset: hear it, change its words and its accepted LaTeX.

import { reading } from "./table.js";
import { element } from "../shared/dom.js";
import { request } from "../shared/requests.js";

const MAX_READINGS = 3;
const TYPING_MS = 200;

/** @typedef {Wire.Gold & { revision: string }} Draft */

export class UtteranceEditor {
  #root;
  #changed;
  #copy;
  /** @type {{ dataset: Wire.Listed, row: Wire.EntryView } | null} */
  #opened = null;
  /** @type {Map<string, Draft>} */
  #drafts = new Map(); // what was typed and not saved, for as long as the page is open
  /** @type {Ui} */
  #ui = {};
  #timer = 0;
  /** @type {AbortController | null} */
  #asked = null;

  /**
   * `changed` is called after a change, `copy` when the visitor wants a copy to change.
   *
   * @param {HTMLElement} root
   * @param {{ changed: () => unknown, copy: () => unknown }} callbacks
   */
  constructor(root, { changed, copy }) {
    this.#root = root;
    this.#changed = changed;
    this.#copy = copy;
  }

  get dataset() {
    return this.#opened?.dataset.name;
  }

  /** What is open; throws where nothing is. */
  get #now() {
    if (!this.#opened) throw new Error("No utterance is open.");
    return this.#opened;
  }

  clear() {
    this.#opened = null;
    this.#root.replaceChildren(
      element("p", { className: "wb-empty", textContent: "Choose an utterance to hear it and to change its words and its LaTeX." }),
    );
  }

  /**
   * Show a row of `dataset`; what was typed before and not saved is still there.
   *
   * @param {Wire.Listed} dataset
   * @param {Wire.EntryView} row
   */
  open(dataset, row) {
    this.#opened = { dataset, row };
    const draft = this.#drafts.get(this.#key);
    this.#build(draft ?? row);
    if (draft) {
      this.#opened = { dataset, row: { ...row, revision: draft.revision } };
      this.#tell("You have not saved this yet.");
    }
    this.#preview();
  }

  get #key() {
    return `${this.#now.dataset.name}/${this.#now.row.id}`;
  }

  /** @returns {Wire.Gold} */
  get #gold() {
    /** @type {string[]} */
    const latex = [...this.#ui.readings.querySelectorAll("textarea")].map((field) => field.value.trim());
    return { transcript: this.#ui.transcript.value, latex: latex.filter((text) => text) };
  }

  /** @param {Wire.Gold} shown */
  #build({ transcript, latex }) {
    const locked = !this.#now.dataset.is_own;
    const ui = (this.#ui = {
      transcript: element("textarea", { className: "wb-field", id: "utterance-transcript", value: transcript, rows: 3, maxLength: 4000, disabled: locked }),
      readings: element("div", { className: "wb-ds-readings" }),
      add: element("button", { type: "button", className: "wb-link", textContent: "Add another accepted reading", hidden: locked }),
      preview: element("div", { className: "wb-math wb-ds-preview" }),
      note: element("p", { className: "wb-note", role: "status" }),
      conflict: element("div"),
      save: element("button", { type: "button", className: "wb-button wb-primary", textContent: "Save" }),
      remove: element("button", { type: "button", className: "wb-button", textContent: "Remove" }),
    });
    for (const text of latex.length ? latex : [""]) this.#addReading(text, locked);
    ui.transcript.addEventListener("input", () => this.#typed());
    ui.add.addEventListener("click", () => this.#addReading("").focus());
    ui.save.addEventListener("click", () => this.#save(this.#now.row.revision));
    ui.remove.addEventListener("click", () => this.#remove());
    this.#root.replaceChildren(
      element("h3", { textContent: this.#now.row.id }),
      element("audio", { src: this.#now.row.clip, controls: true, preload: "none" }),
      element("label", { className: "wb-label", htmlFor: "utterance-transcript", textContent: "Said, in plain words" }),
      ui.transcript,
      element("p", { className: "wb-label", textContent: "Accepted LaTeX, without $ for one formula" }),
      ui.readings, ui.add, ui.preview, ui.note, ui.conflict,
      locked ? this.#copyButton() : element("div", { className: "wb-row" }, ui.save, ui.remove),
      tagList(this.#now.row),
    );
    this.#showAdd();
  }

  #copyButton() {
    const button = element("button", { type: "button", className: "wb-button wb-wide", textContent: "Copy the dataset to change it" });
    button.addEventListener("click", async () => {
      button.disabled = true;
      await this.#attempt(this.#copy);
      button.disabled = false;
    });
    return button;
  }

  /** @param {string} text @param {boolean} [disabled] */
  #addReading(text, disabled = false) {
    const n = this.#ui.readings.childElementCount + 1;
    const field = element("textarea", { className: "wb-field wb-ds-tex", value: text, rows: 1, maxLength: 4000, spellcheck: false, disabled, ariaLabel: `Accepted LaTeX ${n}` });
    field.addEventListener("input", () => this.#typed());
    this.#ui.readings.append(field);
    this.#showAdd();
    return field;
  }

  #showAdd() {
    this.#ui.add.hidden = !this.#now.dataset.is_own || this.#ui.readings.childElementCount >= MAX_READINGS;
  }

  #typed() {
    this.#drafts.set(this.#key, { ...this.#gold, revision: this.#now.row.revision });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#preview(), TYPING_MS);
  }

  async #preview() {
    this.#asked?.abort();
    const { signal } = (this.#asked = new AbortController());
    await this.#attempt(async () => {
      /** @type {Wire.GoldPreview} */
      const { readings, problems } = await request("POST", "/api/datasets/preview", { json: this.#gold, signal });
      this.#ui.preview.replaceChildren(...readings.map((pieces) => element("p", {}, reading(pieces))));
      this.#ui.note.classList.toggle("wb-problem", problems.length > 0);
      if (problems.length || !this.#drafts.has(this.#key)) this.#tell(problems.join(" "));
      else this.#tell("Not saved yet.");
    });
  }

  /** @param {string} revision */
  async #save(revision) {
    const now = this.#now;
    const key = this.#key;
    clearTimeout(this.#timer); // what a preview has to say must not cover the answer
    this.#asked?.abort();
    /** @type {Wire.Edit} */
    const json = { id: now.row.id, revision, ...this.#gold };
    await this.#attempt(async () => {
      now.row = await request("PUT", this.#address, { json });
      this.#drafts.delete(key);
      this.#ui.conflict.replaceChildren();
      this.#tell("Saved.");
      await this.#changed();
    });
  }

  async #remove() {
    if (!confirm(`Remove ${this.#now.row.id} and its recording?`)) return;
    const query = new URLSearchParams({ id: this.#now.row.id, revision: this.#now.row.revision });
    await this.#attempt(async () => {
      await request("DELETE", `${this.#address}?${query}`);
      this.#drafts.delete(this.#key);
      this.clear();
      await this.#changed();
    });
  }

  get #address() {
    return `/api/datasets/${encodeURIComponent(this.#now.dataset.name)}/utterance`;
  }

  /** @param {() => unknown} act */
  async #attempt(act) {
    try {
      await act();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#ui.note.classList.add("wb-problem");
      this.#tell(error.message);
      /** @type {Partial<Wire.ConflictView> | undefined} */
      const conflict = error.answer;
      if (conflict?.theirs) this.#showTheirs(conflict.theirs);
    }
  }

  /**
   * Both texts at once: theirs here, one's own still in the fields.
   *
   * @param {Wire.EntryView} theirs
   */
  #showTheirs(theirs) {
    const take = element("button", { type: "button", className: "wb-button", textContent: "Take theirs" });
    const keep = element("button", { type: "button", className: "wb-button", textContent: "Save mine over it" });
    take.addEventListener("click", () => {
      this.#drafts.delete(this.#key);
      this.open(this.#now.dataset, theirs);
      this.#changed();
    });
    keep.addEventListener("click", () => this.#save(theirs.revision));
    this.#ui.conflict.replaceChildren(
      element("section", { className: "wb-ds-theirs", ariaLabel: "What somebody else saved" },
        element("h4", { textContent: "Saved by somebody else" }),
        element("p", { className: "wb-words", textContent: theirs.transcript }),
        ...theirs.latex.map((latex) => element("code", { textContent: latex })),
        element("div", { className: "wb-row" }, take, keep),
      ),
    );
  }

  /** @param {string} message */
  #tell(message) {
    this.#ui.note.textContent = message;
  }
}

/** @param {Wire.EntryView} row */
function tagList({ tags, line }) {
  const pairs = Object.entries(tags).map(([name, value]) => [
    element("dt", { textContent: name }),
    element("dd", { textContent: value }),
  ]);
  return element("dl", { className: "wb-ds-taglist", title: `Line ${line} of metadata.jsonl` }, ...pairs.flat());
}
