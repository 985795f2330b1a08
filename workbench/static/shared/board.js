// The conversation: both speakers' words as they come, with typeset formulas.

import { element } from "./dom.js";
import { mathNode } from "./mathml.js";

/** @typedef {{ item: HTMLElement, words: HTMLElement, shown: HTMLElement, cards: Card[], announced?: string, keep?: HTMLButtonElement }} Segment */

/** @typedef {{ source: string, node: HTMLElement }} Card */

/** @type {Record<string, string>} */
const SPEAKERS = { student: "You", tutor: "Tutor" };
/** @type {(segmentId: string, formulaNumber: number, latex: string) => unknown} */
const NO_CHOICE = () => {};
const KEPT_ANNOUNCEMENTS = 20;
const KEEP = "Keep this turn";

export class Board {
  #list;
  #log = element("div", { className: "wb-unseen", role: "log", ariaLabel: "What was said" });
  #empty;
  /** @type {Map<string, Segment>} */
  #segments = new Map();
  #choose;
  #speakers;
  /** @type {((segmentId: string) => Promise<string | void>) | null} */
  #keep = null;

  /**
   * `choose(segmentId, formulaNumber, latex)` is called when another reading was meant;
   * `speakers` says who is called what.
   *
   * @param {HTMLElement} list
   * @param {HTMLElement} empty
   * @param {typeof NO_CHOICE} [choose]
   * @param {typeof SPEAKERS} [speakers]
   */
  constructor(list, empty, choose = NO_CHOICE, speakers = SPEAKERS) {
    this.#list = list;
    this.#empty = empty;
    this.#choose = choose;
    this.#speakers = speakers;
    list.after(this.#log);
  }

  /**
   * From now on a student's turn can be kept: `keep(segmentId)` gives a sentence about it.
   *
   * @param {(segmentId: string) => Promise<string | void>} keep
   */
  keepWith(keep) {
    this.#keep = keep;
  }

  clear() {
    this.#segments.clear();
    this.#list.replaceChildren();
    this.#log.replaceChildren();
    this.#empty.hidden = false;
  }

  /**
   * A transcript replaces the earlier one of the same segment.
   *
   * @param {ShownTranscript} transcript
   */
  show(transcript) {
    const segment = this.#segments.get(transcript.segment_id) ?? this.#add(transcript);
    const following = this.#isAtEnd();
    segment.words.textContent = transcript.text;
    segment.item.classList.toggle("wb-interim", !transcript.is_final);
    if (transcript.is_final) this.#announce(segment, transcript);
    if (segment.keep) segment.keep.hidden = !transcript.is_final;
    if (transcript.formulas) this.#showFormulas(segment, transcript.segment_id, transcript.formulas);
    if (following) this.#list.scrollTop = this.#list.scrollHeight;
  }

  /**
   * Formulas that are the same, or null because they were sent before, keep their cards.
   *
   * @param {Segment} segment
   * @param {string} segmentId
   * @param {(ShownFormula | null)[]} formulas
   */
  #showFormulas(segment, segmentId, formulas) {
    const before = segment.cards;
    segment.cards = formulas.map((formula, number) => {
      const source = JSON.stringify(formula);
      const shown = before[number];
      if (shown && (!formula || shown.source === source)) return shown;
      const choose = (/** @type {string} */ latex) => this.#choose(segmentId, number, latex);
      return { source, node: formula ? formulaCard(formula, choose) : element("figure", { hidden: true }) };
    });
    const isSame = before.length === formulas.length && before.every((card, i) => card === segment.cards[i]);
    if (!isSame) segment.shown.replaceChildren(...segment.cards.map(({ node }) => node));
  }

  /**
   * For screen readers: words once they are final, not each as it comes.
   *
   * @param {Segment} segment
   * @param {ShownTranscript} transcript
   */
  #announce(segment, { speaker, text }) {
    if (!text || segment.announced === text) return;
    segment.announced = text;
    this.#log.append(element("p", { textContent: `${this.#speakers[speaker]}: ${text}` }));
    if (this.#log.childElementCount > KEPT_ANNOUNCEMENTS) this.#log.firstElementChild?.remove();
  }

  /**
   * Press the n-th other reading, from 1, of the newest formula that has any.
   *
   * @param {number} n
   */
  press(n) {
    const groups = this.#list.querySelectorAll(".wb-readings");
    groups[groups.length - 1]?.querySelectorAll("button")[n - 1]?.click();
  }

  /** @param {ShownTranscript} transcript @returns {Segment} */
  #add({ segment_id, speaker }) {
    const words = element("p", { className: "wb-words" });
    const shown = element("div", { className: "wb-formulas" });
    const who = element("span", { className: "wb-who", textContent: this.#speakers[speaker] });
    const item = element("li", { className: "wb-segment", dataset: { speaker } }, who, words, shown);
    /** @type {Segment} */
    const segment = { item, words, shown, cards: [] };
    if (this.#keep && speaker === "student") {
      segment.keep = this.#keepButton(segment_id, this.#keep);
      item.append(segment.keep);
    }
    this.#segments.set(segment_id, segment);
    this.#list.append(item);
    this.#empty.hidden = true;
    return segment;
  }

  /** @param {string} segmentId @param {(segmentId: string) => Promise<string | void>} keep */
  #keepButton(segmentId, keep) {
    const button = element("button", { type: "button", className: "wb-copy wb-keep", textContent: KEEP, hidden: true });
    button.addEventListener("click", async () => {
      button.disabled = true;
      button.textContent = (await keep(segmentId)) ?? KEEP;
      button.disabled = false;
    });
    return button;
  }

  #isAtEnd() {
    return this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 80;
  }
}

/** @param {ShownFormula} formula @param {(latex: string) => unknown} choose */
function formulaCard(formula, choose) {
  const card = element("figure", { className: "wb-formula" });
  card.classList.toggle("wb-provisional", formula.provisional);
  card.append(element("div", { className: "wb-math" }, typeset(formula)));
  if (formula.alternatives.length) card.append(readings(formula.alternatives, choose));
  const caption = element("figcaption", {}, element("span", { className: "wb-source", textContent: formula.label }));
  if (!formula.provisional) caption.append(copyButton(formula.latex));
  card.append(caption);
  return card;
}

/** @param {Wire.TypesetView[]} alternatives @param {(latex: string) => unknown} choose */
function readings(alternatives, choose) {
  const chips = alternatives.map((other, i) => {
    const key = element("kbd", { textContent: i + 1 });
    const chip = element("button", { type: "button", className: "wb-chip", title: other.latex }, key, typeset(other));
    chip.addEventListener("click", () => choose(other.latex));
    return chip;
  });
  const question = element("span", { textContent: "or did you mean" });
  return element("div", { className: "wb-readings", role: "group", ariaLabel: "Other readings" }, question, ...chips);
}

/**
 * MathML where the server could typeset the formula, else its source as code.
 *
 * @param {Wire.TypesetView} formula
 */
export function typeset({ mathml, latex }) {
  const math = mathml && mathNode(mathml);
  return math || element("code", { textContent: latex });
}

/** @param {string} latex */
function copyButton(latex) {
  const button = element("button", {
    type: "button",
    className: "wb-copy",
    textContent: "Copy LaTeX",
    title: latex,
  });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(latex);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy LaTeX"), 1500);
  });
  return button;
}
