// How long each part of an answer took, drawn on the clip that it answers.

import { element, shape } from "../shared/dom.js";
import { request } from "../shared/requests.js";

/** @typedef {{ name: string, sec: number, wait?: number }} Mark */

const WAVE_PX = 56;
const LINE_PX = 17;
const LABEL_PX = 140;

/**
 * A drawing as wide as its place, with the same in words below; `events` are the names of the
 * answer's parts.
 *
 * @param {string} address
 * @param {string[]} events
 * @param {number} widthPx
 */
export async function waterfall(address, events, widthPx) {
  /** @type {Wire.OutlineView} */
  const { duration_sec: clipSec, speech_end_sec: speechSec, peaks, waits } = await request("GET", address);
  /** @type {Mark[]} */
  const marks = [
    ...(speechSec === null ? [] : [{ name: "end of speech", sec: speechSec }]),
    { name: "end of the turn", sec: clipSec },
    ...waits.flatMap((wait, i) => (wait === null ? [] : [{ name: events[i], wait, sec: clipSec + wait }])),
  ].sort((one, other) => one.sec - other.sec);
  const endSec = Math.max(0.1, ...marks.map(({ sec }) => sec)) * 1.02;
  const told = marks.map(({ name, wait, sec }) => (wait === undefined ? `${name} at ${sec.toFixed(2)} s` : `${name} ${wait.toFixed(2)} s later`));
  const words = `The clip lasts ${clipSec.toFixed(2)} s: ${told.join(", ")}.`;
  return element("figure", { className: "wb-waterfall" }, drawing({ peaks, clipSec, marks, endSec, words, widthPx }), element("figcaption", { className: "wb-hint", textContent: words }));
}

/** @param {{ peaks: number[], clipSec: number, marks: Mark[], endSec: number, words: string, widthPx: number }} drawn */
function drawing({ peaks, clipSec, marks, endSec, words, widthPx }) {
  const x = (/** @type {number} */ sec) => (widthPx * sec) / endSec;
  const height = WAVE_PX + marks.length * LINE_PX + 4;
  const plot = shape("svg", { viewBox: `0 0 ${widthPx} ${height}`, role: "img", "aria-label": words });
  const loudest = Math.max(0.02, ...peaks);
  const step = x(clipSec) / Math.max(1, peaks.length);
  const outline = peaks.map((peak, i) => `M${(i * step).toFixed(1)} ${(WAVE_PX / 2) * (1 - peak / loudest)}V${(WAVE_PX / 2) * (1 + peak / loudest) + 1}`).join("");
  plot.append(shape("path", { d: outline, class: "wb-wave", "stroke-width": Math.max(0.8, step * 0.7) }));
  const hasRoom = x(clipSec) > LABEL_PX; // left of the turn's end, below the clip
  marks.forEach(({ name, sec, wait }, i) => {
    const y = WAVE_PX + (i + 1) * LINE_PX - 4;
    const isWait = wait !== undefined;
    if (isWait) plot.append(shape("rect", { x: x(clipSec), y: y - 9, width: Math.max(1, x(sec) - x(clipSec)), height: 11, class: "wb-wait" }));
    plot.append(shape("line", { x1: x(sec), x2: x(sec), y1: 0, y2: isWait ? WAVE_PX : y + 2, class: "wb-plot-line wb-plot-event" }));
    const at = isWait ? x(clipSec) : x(sec);
    const label = shape("text", { x: at + (hasRoom ? -6 : 6), y, "text-anchor": hasRoom ? "end" : "start" });
    label.textContent = isWait ? `${name} +${wait.toFixed(2)} s` : `${name} ${sec.toFixed(2)} s`;
    plot.append(label);
  });
  return plot;
}
