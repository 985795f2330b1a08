// Shares with their intervals as points of an inline SVG.

import { shape } from "./dom.js";

/**
 * @typedef {{ value: number | null, low: number | null, high: number | null, n: number, name: string, title: string, isHollow: boolean, isPart: boolean }} Point
 */

const HEIGHT = 190;
const MARGIN = { left: 40, right: 8, top: 10, bottom: 24 };
const RADIUS = 4.5;

/**
 * Draw `points` into `root`, as wide as it is. Each has `value`, `low`, `high` (shares, or null),
 * `n`, `name` (below it), `title`, `isHollow` and `isPart` (a square).
 *
 * @param {Element} root
 * @param {Point[]} points
 * @param {string} label
 */
export function drawPlot(root, points, label) {
  const width = root.clientWidth;
  if (!points.length || !width) return root.replaceChildren();
  const said = points.map(({ name, value, n }) => `${name}: ${value === null ? "no data" : percent(value)} of ${n}`);
  const picture = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": `${label}. ${said.join("; ")}` });
  const x = (/** @type {number} */ i) => MARGIN.left + ((i + 0.5) * (width - MARGIN.left - MARGIN.right)) / points.length;
  const y = (/** @type {number} */ share) => MARGIN.top + (1 - share) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    picture.append(shape("line", { class: "pl-grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(share), y2: y(share) }));
    picture.append(text(percent(share), { class: "pl-text", x: MARGIN.left - 6, y: y(share) + 4, "text-anchor": "end" }));
  }
  const every = Math.ceil((points.length * 34) / (width - MARGIN.left));
  points.forEach((point, i) => {
    const drawn = mark(point, x(i), y);
    if (drawn) picture.append(drawn);
    if (i % every === 0) picture.append(text(point.name, { class: "pl-text", x: x(i), y: HEIGHT - 6, "text-anchor": "middle" }));
  });
  root.replaceChildren(picture);
}

/** @param {Point} point @param {number} x @param {(share: number) => number} y */
function mark({ value, low, high, n, title, isHollow, isPart }, x, y) {
  if (value === null) return null;
  const group = shape("g", { class: isHollow ? "pl-mark pl-hollow" : "pl-mark" });
  const name = shape("title", {});
  const interval = low === null || high === null ? null : { low, high };
  name.textContent = `${title}: ${percent(value)}${interval ? ` (${percent(interval.low)} to ${percent(interval.high)})` : ""}, n ${n}`;
  group.append(name);
  if (interval) group.append(shape("line", { x1: x, x2: x, y1: y(interval.low), y2: y(interval.high) }));
  const square = { x: x - RADIUS, y: y(value) - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS };
  group.append(isPart ? shape("rect", square) : shape("circle", { cx: x, cy: y(value), r: RADIUS }));
  return group;
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/** @param {string} content @param {Record<string, string | number>} attributes */
function text(content, attributes) {
  const node = shape("text", attributes);
  node.textContent = content;
  return node;
}

