// One utterance of one or more runs: what was said, and below what each run made of it.

import { element } from "../shared/dom.js";
import { alignment, reading, verdictBadge } from "./evaluate.js";
import { LETTERS } from "./rows.js";

/**
 * What was said and meant, with its recording; `note` tells of a corrected reference.
 *
 * @param {RunAttemptView} attempt
 * @param {Pair} pair
 */
export function saidPart(attempt, pair) {
  const title = pair.first.epoch ? `${pair.first.utterance_id}, epoch ${pair.first.epoch}` : pair.first.utterance_id;
  const head = element("header", { className: "wb-utterance-head" }, element("h3", { textContent: title }));
  if (pair.first.corrected) head.append(element("span", { className: "wb-badge", textContent: "reference corrected" }));
  for (const mark of pair.first.marks) head.append(element("span", { className: "wb-badge", textContent: mark }));
  const clip = attempt.clip
    ? element("audio", { src: attempt.clip, controls: true, preload: "none", className: "wb-clip", ariaLabel: "What the student said" })
    : element("p", { className: "wb-hint", textContent: "The recording is in no dataset that the page knows." });
  const words = element("p", { className: "wb-words", textContent: attempt.said || "(nothing)" });
  return element("section", { className: "wb-said" }, head, clip, element("h4", { textContent: "Said" }), words, ...formulas(attempt.readings.accepted));
}

/**
 * What run number `i` made of it.
 *
 * @param {RunAttemptView} attempt
 * @param {number} i
 * @param {boolean} isAlone
 */
export function sidePart(attempt, i, isAlone) {
  const nodes = [];
  const head = element("header", { className: "wb-utterance-head" }, verdictBadge(attempt));
  if (!isAlone) head.prepend(element("h4", { className: `wb-key wb-run-${i}`, textContent: `Run ${LETTERS[i]}` }));
  if (attempt.reason) head.append(element("span", { className: "wb-hint", textContent: attempt.reason }));
  nodes.push(head);
  if (attempt.error) nodes.push(element("p", { className: "wb-wrong", textContent: attempt.error }));
  nodes.push(alignment(attempt.alignment), ...formulas(attempt.readings.written));
  if (attempt.difference && attempt.is_right === false) nodes.push(parted(attempt.difference));
  nodes.push(...answerOf(attempt));
  return element("section", { className: "wb-run-side", ariaLabel: `Run ${LETTERS[i]}`, dataset: { side: i } }, ...nodes);
}

/** @param {RunAttemptView} attempt */
function answerOf({ answer, answer_remarks: remarks, answer_clip: clip }) {
  if (!answer) return [];
  /** @type {HTMLElement[]} */
  const nodes = [element("h4", { textContent: "Answer" }), element("p", { className: "wb-words", textContent: answer })];
  if (remarks.length) nodes.push(element("p", { className: "wb-hint", textContent: remarks.join("; ") }));
  if (clip) nodes.push(element("audio", { src: clip, controls: true, preload: "none", ariaLabel: "What the tutor said" }));
  return nodes;
}

// Where the formulas part: what was meant above, what was written below; marked, not only coloured.
/** @param {Wire.DifferenceView} difference */
function parted({ meant, written }) {
  const line = (/** @type {string} */ title, /** @type {Wire.Span[]} */ spans) => [
    element("dt", { textContent: title }),
    element("dd", {}, ...spans.map(({ kind, text }) => element("span", { className: `wb-${kind}`, textContent: text }))),
  ];
  return element("dl", { className: "wb-parted" }, ...line("Meant", meant), ...line("Written", written));
}

/** @param {Reading[]} readings */
function formulas(readings) {
  if (!readings.length) return [element("p", { className: "wb-hint", textContent: "No formula." })];
  return readings.map(reading);
}
