// The Prompts tab: versions, an editor whose work survives a reload, and what was changed.

import { element, named, within } from "../shared/dom.js";
import { remember, unsaved } from "./drafts.js";
import { Fields } from "./fields.js";
import { Scores } from "./scores.js";
import { Comparing } from "./compare.js";
import { TryIt } from "./try.js";
import { saysSame } from "./values.js";
import { request } from "../shared/requests.js";

const OPEN = "open"; // under which the version that was last open is remembered
const DIFFERENCE_AFTER_MS = 300;

export class Prompts {
  #ui;
  /** @type {Wire.PromptsView | null} */
  #about = null; // until it came
  #fields;
  #reference = "";
  /** @type {Wire.PromptText | null} */
  #original = null; // the version as it was kept
  #parts;
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#ui = named(root, "prompts-");
    this.#fields = new Fields(this.#ui);
    const edited = () => this.#fields.value;
    this.#parts = [new Scores(this.#ui), new TryIt(this.#ui, edited), new Comparing(this.#ui, edited, () => this.#load())];
    this.#listen();
    this.#begin();
  }

  #listen() {
    const ui = this.#ui;
    ui.form.addEventListener("input", (/** @type {Event} */ event) => event.target !== ui.why && this.#edited());
    ui.form.addEventListener("submit", (/** @type {Event} */ event) => this.#keep(event));
    ui.form.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#onEnter(event));
    ui.discard.addEventListener("click", () => this.#discard());
    ui.drafts.addEventListener("change", () => this.#list());
    ui.against.addEventListener("change", () => this.#compare());
    ui.changes.addEventListener("toggle", () => this.#compare());
  }

  async #begin() {
    if (!(await this.#load())) return;
    const prompts = this.#prompts;
    const last = prompts.find(({ reference }) => reference === unsaved(OPEN));
    const first = last ?? prompts.find(({ is_draft }) => !is_draft);
    if (first) await this.#open(first.reference);
  }

  /** Ask for all versions and runs; gives whether they came. */
  async #load() {
    try {
      this.#take(await request("GET", "/api/prompts"));
      return true;
    } catch (error) {
      this.#tell(error.message, true);
      this.#ui.list.replaceChildren(element("li", { className: "wb-hint", textContent: "The prompts could not be listed." }));
      return false;
    }
  }

  /** @param {Wire.PromptsView} about */
  #take(about) {
    about.prompts.sort(byNameAndAge);
    this.#about = about;
    this.#ui.note.hidden = !about.note;
    this.#ui.note.textContent = about.note && `${about.note} Prompts don’t change what it does: with a Gemini key they do.`;
    this.#ui.problems.hidden = !about.problems.length;
    this.#ui.problems.textContent = `Left out: ${about.problems.join(" ")}`;
    this.#fields.fill(about);
    this.#list();
    this.#show();
  }

  get #prompts() {
    return this.#about?.prompts ?? [];
  }

  /** @param {string} reference */
  async #open(reference) {
    /** @type {Wire.PromptText} */
    let original;
    try {
      original = await request("GET", `/api/prompts/versions/${encodeURIComponent(reference)}`);
    } catch (error) {
      return this.#tell(error.message, true);
    }
    this.#original = original;
    this.#reference = reference;
    remember(OPEN, reference);
    /** @type {Wire.PromptText | null} */
    const typed = unsaved(reference);
    this.#fields.value = typed ?? original;
    this.#ui.why.value = "";
    this.#ui.against.value = reference;
    this.#tell(typed ? "Your unsaved changes are back." : "");
    this.#mark();
    this.#show();
    this.#compare();
  }

  #edited() {
    if (!this.#original) return;
    const value = this.#fields.value;
    const isChanged = !saysSame(value, this.#original);
    if (!remember(this.#reference, isChanged ? value : null)) this.#tell("This browser stores nothing: keep a version before you reload.", true);
    this.#mark();
    this.#compare();
  }

  #discard() {
    if (!this.#original) return;
    remember(this.#reference, null);
    this.#fields.value = this.#original;
    this.#mark();
    this.#compare();
    this.#tell("Back to the kept version.");
    this.#ui.instructions.focus();
  }

  /** @param {Event} event */
  async #keep(event) {
    event.preventDefault();
    const { keep, why } = this.#ui;
    keep.disabled = true;
    try {
      /** @type {Wire.KeptPrompt} */
      const kept = await request("POST", "/api/prompts/versions", { json: /** @satisfies {Wire.ToKeep} */ ({ edited: this.#fields.value, note: why.value }) });
      remember(this.#reference, null);
      const before = this.#reference;
      await this.#load();
      await this.#open(kept.reference);
      this.#ui.against.value = before;
      this.#compare();
      const others = kept.siblings.length ? ` From the same version there is also ${kept.siblings.join(", ")}: both are kept; What changed shows how they differ.` : "";
      this.#tell(`Kept as ${kept.reference}.${others}`);
    } catch (error) {
      this.#tell(error.message, true);
    }
    keep.disabled = false;
  }

  /**
   * Enter keeps a version from the note alone: elsewhere it would surprise.
   *
   * @param {KeyboardEvent} event
   */
  #onEnter(event) {
    if (event.key === "Enter" && within(event, "input") && event.target !== this.#ui.why) event.preventDefault();
  }

  #mark() {
    const isUnsaved = unsaved(this.#reference) !== null;
    this.#ui.title.textContent = this.#reference;
    this.#ui.unsaved.hidden = this.#ui.discard.hidden = !isUnsaved;
    this.#list();
  }

  #list() {
    const shown = this.#prompts.filter(({ is_draft, reference }) => !is_draft || this.#ui.drafts.checked || reference === this.#reference);
    const focused = document.activeElement instanceof HTMLElement && document.activeElement.dataset.reference;
    this.#ui.list.replaceChildren(...shown.map((version) => this.#item(version)));
    if (focused) this.#ui.list.querySelector(`button[data-reference="${CSS.escape(focused)}"]`)?.focus();
  }

  /** @param {Wire.PromptView} version */
  #item({ reference, note, description, date, runs }) {
    const isOpen = reference === this.#reference;
    const name = element("span", { className: "pr-name", textContent: reference });
    const mark = unsaved(reference) ? [element("span", { className: "pr-unsaved", textContent: "unsaved" })] : [];
    const facts = [date && date.slice(0, 16).replace("T", " "), runs.length ? `${runs.length} ${runs.length === 1 ? "run" : "runs"}` : "no runs"];
    const button = element(
      "button",
      { type: "button", className: "pr-version", dataset: { reference }, ariaCurrent: isOpen ? "true" : null },
      element("span", { className: "pr-head" }, name, ...mark),
      element("span", { className: "pr-why", textContent: note || description }),
      element("span", { className: "wb-hint", textContent: facts.filter(Boolean).join(", ") }),
    );
    button.addEventListener("click", () => this.#open(reference));
    return element("li", {}, button);
  }

  #show() {
    const versions = this.#prompts.map(({ reference }) => element("option", { value: reference, textContent: reference }));
    const { against } = this.#ui;
    const chosen = against.value || this.#reference;
    against.replaceChildren(...versions);
    against.value = chosen;
    const current = this.#prompts.find(({ reference }) => reference === this.#reference);
    for (const part of this.#parts) if (this.#about) part.show(this.#about, current);
  }

  #compare() {
    clearTimeout(this.#timer);
    if (this.#ui.changes.open && this.#reference) this.#timer = setTimeout(() => this.#showDifference(), DIFFERENCE_AFTER_MS);
  }

  async #showDifference() {
    const { against, difference } = this.#ui;
    try {
      /** @type {Wire.Compared} */
      const json = { against: against.value, edited: this.#fields.value };
      /** @type {Wire.DifferenceLine[]} */
      const lines = await request("POST", "/api/prompts/difference", { json });
      const isSame = lines.every(({ kind }) => kind === "same" || kind === "skipped");
      const told = element("p", { className: "wb-hint", textContent: `No difference from ${against.value}.` });
      difference.replaceChildren(...(isSame ? [told] : lines.map(lineNode)));
    } catch (error) {
      difference.replaceChildren(element("p", { className: "wb-problem", textContent: error.message }));
    }
  }

  /** @param {string} message @param {boolean} [isProblem] */
  #tell(message, isProblem = false) {
    this.#ui.status.textContent = message;
    this.#ui.status.classList.toggle("wb-problem", isProblem);
  }
}

const SIGNS = { removed: "−", added: "+", same: " ", skipped: "…" };
const SAID = { removed: "removed: ", added: "added: ", same: "", skipped: "" };

/** @param {Wire.DifferenceLine} line */
function lineNode({ kind, pieces }) {
  const parts = pieces.map(([text, isChanged]) => element(isChanged ? "mark" : "span", { textContent: text }));
  return element(
    "div",
    { className: "pr-line", dataset: { kind } },
    element("span", { className: "pr-sign", ariaHidden: "true", textContent: SIGNS[kind] }),
    element("span", { className: "pr-said", textContent: SAID[kind] }),
    element("span", {}, ...parts),
  );
}

/**
 * By name; within it the newest first, drafts last.
 *
 * @param {Wire.PromptView} one
 * @param {Wire.PromptView} other
 */
function byNameAndAge(one, other) {
  const number = (/** @type {Wire.PromptView} */ { version }) => Number.parseInt(version, 10) || 0;
  return one.name.localeCompare(other.name) || Number(one.is_draft) - Number(other.is_draft) || number(other) - number(one) || other.date.localeCompare(one.date);
}
