// What is said of whole runs: verdicts, the square of heard against understood, slices as plots,
// normalisers, confusions, latencies.

import { element, shape } from "../shared/dom.js";
import { LETTERS } from "./rows.js";

const ROW_PX = 26;
const MOST_LEFT_PX = 150;
const SHOWN_CONFUSIONS = 40;
const CELLS = [["hu", "words right, formula right"], ["h", "words right, formula wrong"], ["u", "words wrong, formula right"], ["", "words wrong, formula wrong"]];

/**
 * A sentence for each run after the first, and its measures as a table.
 *
 * @param {Record<string, any>[]} comparisons
 */
export function verdicts(comparisons) {
  return comparisons.flatMap((compared, i) => {
    const letter = LETTERS[i + 1];
    const n = compared.n_corrected;
    const corrected = n ? ` ${n} reference${n > 1 ? "s" : ""} corrected beside the runs.` : "";
    return [
      element("h2", { textContent: `${letter} against A` }),
      element("p", { className: "wb-sentence", textContent: compared.verdict }),
      element("p", { className: "wb-hint", textContent: `${compared.n_pairs} utterances, intervals clustered by ${compared.clustered_by}. ${compared.normaliser_verdict}${corrected}` }),
      table(["Measure", `${letter} less A [95 %]`, "p (Holm)", "Test"], [...compared.metrics, ...compared.answers].map(measure)),
    ];
  });
}

/** @param {Record<string, any>} metric */
function measure(metric) {
  const isGood = metric.is_better_high === null ? null : metric.value > 0 === metric.is_better_high;
  const told = element("span", { textContent: metric.told });
  if (metric.is_decisive && isGood !== null) {
    told.className = isGood ? "wb-better" : "wb-worse";
    told.append(isGood ? " better" : " worse");
  }
  const p = metric.p === null ? "" : metric.p.toPrecision(2);
  return [element("span", { textContent: metric.name, title: metric.hint }), told, p, metric.p === null ? "" : metric.test];
}

/**
 * The square of each run; `choose(letter + cell)` filters by one, `chosen` is that now.
 *
 * @param {OpenedRun[]} runs
 * @param {string} chosen
 * @param {(cell: string) => void} choose
 */
export function matrices(runs, chosen, choose) {
  return runs.map((run, i) => {
    /** @type {Record<string, number>} */
    const counts = { hu: 0, h: 0, u: 0, "": 0 };
    let nOther = 0;
    for (const { cell } of run.rows) {
      if (cell === null) nOther++;
      else counts[cell]++;
    }
    const cells = CELLS.map(([cell, name]) => {
      const button = element("button", { type: "button", className: "wb-cell", ariaPressed: String(chosen === LETTERS[i] + cell), dataset: { cell } },
        element("strong", { textContent: counts[cell].toLocaleString("en") }), element("span", { textContent: name }));
      button.addEventListener("click", () => choose(LETTERS[i] + cell));
      return button;
    });
    const title = element("h3", { textContent: runs.length > 1 ? `Run ${LETTERS[i]}` : "" });
    const other = element("p", { className: "wb-hint", textContent: nOther ? `${nOther.toLocaleString("en")} without a formula to score.` : "" });
    return element("div", { className: "wb-matrix", role: "group", ariaLabel: `Run ${LETTERS[i]}, heard against understood` }, title, element("div", { className: "wb-cells" }, ...cells), other);
  });
}

/**
 * A measure by the values of a column, with intervals, as wide as its place; a click on a value
 * filters by it.
 *
 * @param {Overview[]} overviews
 * @param {CompareView} view
 * @param {number} widthPx
 * @param {(value: string) => void} choose
 */
export function slices(overviews, { column, measure: measureName }, widthPx, choose) {
  const values = [...new Set(overviews.flatMap((overview) => Object.keys(overview.slices[column] ?? {})))];
  if (!values.length) return element("p", { className: "wb-hint", textContent: "No column tells the utterances apart." });
  const rates = values.map((value) => overviews.map((overview) => overview.slices[column]?.[value]?.[measureName]));
  const highest = Math.max(0.01, ...rates.flat().map((rate) => rate?.high ?? rate?.value ?? 0));
  const scale = Math.ceil(highest * 10) / 10;
  const leftPx = Math.min(MOST_LEFT_PX, widthPx / 3);
  const longest = Math.floor(leftPx / 7);
  const x = (/** @type {number} */ share) => leftPx + (widthPx - leftPx - 12) * Math.min(1, share / scale);
  const perRow = ROW_PX + 9 * (overviews.length - 1);
  const height = values.length * perRow + 24;
  const plot = shape("svg", { viewBox: `0 0 ${widthPx} ${height}`, role: "img", "aria-label": `By ${column}; the table below has the figures` });
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    plot.append(shape("line", { x1: x(tick * scale), x2: x(tick * scale), y1: 0, y2: height - 20, class: "wb-plot-line" }));
    plot.append(text(`${+(100 * tick * scale).toPrecision(3)} %`, x(tick * scale), height - 6, tick === 1 ? "end" : "middle"));
  }
  values.forEach((value, row) => {
    plot.append(text(value.length > longest ? `${value.slice(0, longest - 1)}…` : value, 0, row * perRow + perRow / 2 + 4, "start"));
    rates[row].forEach((rate, i) => rate && rate.value !== null && plot.append(mark(rate, i, x, row * perRow + 13 + 10 * i)));
  });
  const heads = [column, ...overviews.map((_, i) => (overviews.length > 1 ? `Run ${LETTERS[i]}` : "Value"))];
  const rows = values.map((value, row) => [filterButton(value, () => choose(value)), ...rates[row].map(percent)]);
  const figures = element("details", {}, element("summary", { textContent: "As a table, to filter by" }), table(heads, rows));
  return element("div", { className: "wb-slices" }, legend(overviews.length), element("div", { className: "wb-plot", tabIndex: 0, role: "region", ariaLabel: `Plot by ${column}` }, plot), figures);
}

/** @param {Wire.Rate} rate @param {number} i @param {(share: number) => number} x @param {number} y */
function mark(rate, i, x, y) {
  const group = shape("g", { class: `wb-run-${i}` });
  if (rate.low !== null && rate.high !== null) group.append(shape("line", { x1: x(rate.low), x2: x(rate.high), y1: y, y2: y, class: "wb-plot-interval" }));
  group.append(shape("circle", { cx: x(rate.value ?? 0), cy: y, r: 4.5 }));
  const title = shape("title", {});
  title.textContent = percent(rate);
  group.append(title);
  return group;
}

/** @param {number} n */
function legend(n) {
  if (n < 2) return "";
  const keys = Array.from({ length: n }, (_, i) => element("span", { className: `wb-key wb-run-${i}`, textContent: `Run ${LETTERS[i]}` }));
  return element("p", { className: "wb-legend" }, ...keys);
}

/**
 * Word error rate by normaliser, and how long the parts of an answer took.
 *
 * @param {Overview[]} overviews
 */
export function normalisers(overviews) {
  const heads = overviews.map((_, i) => (overviews.length > 1 ? `Run ${LETTERS[i]}` : "Value"));
  const rows = overviews[0].normalisers.map(([name], row) => [name.replace("Word error rate, normaliser: ", ""), ...overviews.map((each) => each.normalisers[row][1])]);
  const waits = overviews[0].latencies.map(({ event }) => [event, ...overviews.map((each) => wait(each.latencies.find((found) => found.event === event)))]);
  const nodes = [element("h3", { textContent: "Word error rate by normaliser" }), table(["Normaliser", ...heads], rows)];
  if (waits.length) nodes.push(element("h3", { textContent: "After the student's turn" }), table(["Event", ...heads], waits));
  return nodes;
}

/** @param {Wire.Latency} [latency] */
function wait(latency) {
  return latency ? `median ${latency.median_sec.toFixed(2)} s, p95 ${latency.p95_sec.toFixed(2)} s (n ${latency.n})` : "";
}

/**
 * What was heard for what was said; a click shows the clips that hold it.
 *
 * @param {Overview[]} overviews
 * @param {string} chosen
 * @param {(name: string) => void} choose
 */
export function confusionAtlas(overviews, chosen, choose) {
  /** @type {Map<string, { name: string, counts: number[] }>} */
  const found = new Map();
  overviews.forEach((overview, i) => {
    for (const confusion of overview.confusions) {
      const name = confusionName(confusion);
      const times = found.get(name) ?? { name, counts: overviews.map(() => 0) };
      times.counts[i] = confusion.count;
      found.set(name, times);
    }
  });
  const all = [...found.values()].sort((one, other) => Math.max(...other.counts) - Math.max(...one.counts)).slice(0, SHOWN_CONFUSIONS);
  const heads = ["Said → heard", ...overviews.map((_, i) => (overviews.length > 1 ? `Run ${LETTERS[i]}` : "Times"))];
  const rows = all.map(({ name, counts }) => [filterButton(name, () => choose(name), name === chosen), ...counts.map(String)]);
  const nothing = element("p", { className: "wb-hint", textContent: "Every word was heard." });
  return [element("h3", { textContent: "Confusions, by the clips that hold them" }), rows.length ? table(heads, rows) : nothing];
}

/**
 * The utterances of a confusion by its name, in any run.
 *
 * @param {Overview[]} overviews
 * @param {string} name
 */
export function utterancesWith(overviews, name) {
  const found = overviews.flatMap((overview) => overview.confusions.filter((each) => confusionName(each) === name));
  return new Set(found.flatMap(({ utterances }) => utterances));
}

/** @param {Wire.Confusion} confusion */
function confusionName({ said, heard }) {
  return `${said ?? "∅"} → ${heard ?? "∅"}`;
}

/** @param {string} name @param {() => void} choose @param {boolean} [isChosen] */
function filterButton(name, choose, isChosen = false) {
  const button = element("button", { type: "button", className: "wb-copy wb-filter-by", textContent: name, ariaPressed: String(isChosen) });
  button.addEventListener("click", choose);
  return button;
}

/** @param {Wire.Rate} [rate] */
function percent(rate) {
  if (!rate || rate.value === null) return "no data";
  const interval = rate.low === null || rate.high === null ? "" : `${(100 * rate.low).toFixed(1)} to ${(100 * rate.high).toFixed(1)}, `;
  return `${(100 * rate.value).toFixed(1)} % (${interval}n ${rate.n})`;
}

/** @param {string[]} heads @param {Child[][]} rows */
function table(heads, rows) {
  const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col", textContent: name })));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell))));
  return element("div", { className: "wb-wide-table", tabIndex: 0, role: "region", ariaLabel: heads[0] }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}

/** @param {string} words @param {number} x @param {number} y @param {string} anchor */
function text(words, x, y, anchor) {
  const node = shape("text", { x, y, "text-anchor": anchor });
  node.textContent = words;
  return node;
}
