// Shares with their intervals as points of an inline SVG.

const NAMESPACE = "http://www.w3.org/2000/svg";
const HEIGHT = 190;
const MARGIN = { left: 40, right: 8, top: 10, bottom: 24 };
const RADIUS = 4.5;

/**
 * Draw `points` into `root`, as wide as it is. Each has `value`, `low`, `high` (shares, or null),
 * `n`, `name` (below it), `title`, `isHollow` and `isPart` (a square).
 */
export function drawPlot(root, points, label) {
  const width = root.clientWidth;
  if (!points.length || !width) return root.replaceChildren();
  const said = points.map(({ name, value, n }) => `${name}: ${value === null ? "no data" : percent(value)} of ${n}`);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": `${label}. ${said.join("; ")}` });
  const x = (i) => MARGIN.left + ((i + 0.5) * (width - MARGIN.left - MARGIN.right)) / points.length;
  const y = (share) => MARGIN.top + (1 - share) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    picture.append(svg("line", { class: "pl-grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(share), y2: y(share) }));
    picture.append(text(percent(share), { class: "pl-text", x: MARGIN.left - 6, y: y(share) + 4, "text-anchor": "end" }));
  }
  const every = Math.ceil((points.length * 34) / (width - MARGIN.left));
  points.forEach((point, i) => {
    if (point.value !== null) picture.append(mark(point, x(i), y));
    if (i % every === 0) picture.append(text(point.name, { class: "pl-text", x: x(i), y: HEIGHT - 6, "text-anchor": "middle" }));
  });
  root.replaceChildren(picture);
}

function mark({ value, low, high, n, title, isHollow, isPart }, x, y) {
  const group = svg("g", { class: isHollow ? "pl-mark pl-hollow" : "pl-mark" });
  const name = svg("title", {});
  name.textContent = `${title}: ${percent(value)}${low === null ? "" : ` (${percent(low)} to ${percent(high)})`}, n ${n}`;
  group.append(name);
  if (low !== null) group.append(svg("line", { x1: x, x2: x, y1: y(low), y2: y(high) }));
  const square = { x: x - RADIUS, y: y(value) - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS };
  group.append(isPart ? svg("rect", square) : svg("circle", { cx: x, cy: y(value), r: RADIUS }));
  return group;
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}

function text(content, attributes) {
  const node = svg("text", attributes);
  node.textContent = content;
  return node;
}

function svg(tag, attributes) {
  const node = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
