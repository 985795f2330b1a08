// Rows of runs: fetched, put side by side, searched, sorted. Nothing here touches the page.

import { request } from "../shared/requests.js";

export const LETTERS = "ABCDEFGH";
const UNANSWERED = ["no_answer", "failed"];

/** @typedef {Pick<CompareView, "q" | "show" | "mark" | "cell" | "slice"> & { among: Set<string> | null }} Filters */

/**
 * The rows of a run as objects, each with its number in the run.
 *
 * @param {string} address
 * @returns {Promise<OpenedRun>}
 */
export async function fetchRun(address) {
  const { run, columns, events, tag_names: tagNames, rows } = await request("GET", address);
  return { run, events, tagNames, columns, rows: rows.map((/** @type {unknown[]} */ values, /** @type {number} */ number) => rowOf(columns, values, number)) };
}

/**
 * One row from the server's list of values.
 *
 * @param {string[]} columns
 * @param {unknown[]} values
 * @param {number} number
 * @returns {RunRow}
 */
export function rowOf(columns, values, number) {
  /** @type {any} */
  const row = { number };
  columns.forEach((name, i) => (row[name] = values[i]));
  return row;
}

/**
 * Utterances of the first run with the same ones of the others: `{ key, sides, change }`.
 *
 * @param {OpenedRun[]} runs
 * @param {boolean} onlyShared
 * @returns {Pair[]}
 */
export function sideBySide(runs, onlyShared) {
  const [first, ...others] = runs;
  const byKey = others.map((run) => new Map(run.rows.map((row) => [keyOf(row), row])));
  const pairs = first.rows.map((row) => {
    const key = keyOf(row);
    return pairOf(key, [row, ...byKey.map((rows) => rows.get(key) ?? null)]);
  });
  return onlyShared ? pairs.filter(({ sides }) => sides.every(Boolean)) : pairs;
}

/**
 * Bring what is told of a pair up to its sides.
 *
 * @param {string} key
 * @param {[RunRow, ...(RunRow | null)[]]} sides
 * @returns {Pair}
 */
function pairOf(key, sides) {
  const known = sides.filter((row) => row !== null);
  const text = known.flatMap((row) => [row.utterance_id, row.said, row.heard, row.reason, row.error, row.verdict, ...row.marks, ...row.tags]);
  return {
    key,
    sides,
    first: sides[0],
    change: changeOf(sides),
    isWrong: known.some((row) => row.is_right === false),
    text: text.join(" ").toLowerCase(),
  };
}

/**
 * Whether an alteration of filters leaves a pair in view.
 *
 * @param {Pair} pair
 * @param {Filters} state
 * @param {string[]} tagNames
 */
export function isShown(pair, state, tagNames) {
  const words = state.q.toLowerCase();
  if (words && !pair.text.includes(words)) return false;
  if (!SHOWS[state.show](pair)) return false;
  if (state.mark && !pair.first.marks.includes(state.mark)) return false;
  if (state.cell) {
    const [letter, cell] = [state.cell[0], state.cell.slice(1)];
    if (pair.sides[LETTERS.indexOf(letter)]?.cell !== cell) return false;
  }
  if (state.slice) {
    const at = state.slice.indexOf(":");
    const column = tagNames.indexOf(state.slice.slice(0, at));
    if (pair.first.tags[column] !== state.slice.slice(at + 1)) return false;
  }
  return !state.among || state.among.has(pair.first.utterance_id);
}

/** @type {Record<string, (pair: Pair) => boolean>} */
export const SHOWS = {
  all: () => true,
  regressions: ({ change }) => change < 0,
  improvements: ({ change }) => change > 0,
  wrong: ({ isWrong }) => isWrong,
  failed: ({ sides }) => sides.some((row) => row && row.status !== "ok"),
  tagged: ({ first }) => first.marks.length > 0,
  corrected: ({ first }) => first.corrected,
};

/**
 * Pairs in the order asked for; equal ones stay in the dataset's.
 *
 * @param {Pair[]} pairs
 * @param {string} by
 * @param {boolean} isDescending
 */
export function sorted(pairs, by, isDescending) {
  const order = ORDERS[by] ?? verdictOrder(LETTERS.indexOf(by));
  return pairs.toSorted((one, other) => (isDescending ? order(other, one) : order(one, other)));
}

/** @type {Record<string, (one: Pair, other: Pair) => number>} */
const ORDERS = {
  regression: (one, other) => one.change - other.change || Number(other.isWrong) - Number(one.isWrong) || worse(other) - worse(one),
  id: (one, other) => compareText(one.first.utterance_id, other.first.utterance_id) || one.first.epoch - other.first.epoch,
  errors: (one, other) => (one.first.word_errors ?? -1) - (other.first.word_errors ?? -1),
  said: (one, other) => compareText(one.first.said, other.first.said),
  heard: (one, other) => compareText(one.first.heard, other.first.heard),
};

/** @param {number} side @returns {(one: Pair, other: Pair) => number} */
function verdictOrder(side) {
  return (one, other) => compareText(one.sides[side]?.verdict ?? "", other.sides[side]?.verdict ?? "");
}

/** @param {string} one @param {string} other */
function compareText(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** @param {Pair} pair */
function worse({ sides }) {
  const errors = sides.map((row) => row?.word_errors ?? row?.reference_words ?? 0);
  const last = errors[errors.length - 1];
  return last - errors[0] + last / 1000;
}

/** @param {RunRow} row */
function keyOf({ utterance_id: id, epoch }) {
  return `${id}#${epoch}`;
}

// As evals/analysis/comparison.py counts: formulas that can be scored in both, a failure understood
// nothing. Of several runs one that lost the formula is enough.
/** @param {[RunRow, ...(RunRow | null)[]]} sides */
function changeOf([first, ...others]) {
  const changes = others.filter((row) => row !== null && isScored(first, row)).map((row) => isUnderstood(row) - isUnderstood(first));
  return Math.min(0, ...changes) || Math.max(0, ...changes);
}

/** @param {RunRow} one @param {RunRow} other */
function isScored(one, other) {
  const failed = [one, other].filter((row) => row.cell === null);
  return failed.length < 2 && failed.every((row) => UNANSWERED.includes(row.status));
}

/** @param {RunRow | null} row */
function isUnderstood(row) {
  return Number(Boolean(row?.cell?.endsWith("u")));
}
