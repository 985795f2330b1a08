// What the Compare tab shows, as the page's address has it: a link shows a colleague the same.

const TAB = "compare";
/** @type {CompareView} */
const EMPTY = { runs: [], shared: false, q: "", show: "all", mark: "", cell: "", slice: "", confusion: "", column: "", measure: "exact_spoken", sort: "regression", down: false, at: "" };
const FLAGS = ["shared", "down"];

/** The view that the address asks for. @returns {CompareView} */
export function readView() {
  const query = new URLSearchParams(location.search);
  if (query.get("tab") !== TAB) return { ...EMPTY };
  /** @type {Record<string, string | boolean>} */
  const view = {};
  for (const name of Object.keys(EMPTY)) {
    if (!query.has(name)) continue;
    view[name] = FLAGS.includes(name) ? query.get(name) === "1" : (query.get(name) ?? "");
  }
  const runs = [...new Set((query.get("runs") ?? "").split(",").filter(Boolean))];
  return { ...EMPTY, ...view, runs };
}

/**
 * Put the view into the address; what is as it begins is left out.
 *
 * @param {CompareView} view
 */
export function writeView(view) {
  const query = new URLSearchParams({ tab: TAB });
  for (const [name, value] of Object.entries(view)) {
    if (String(value) === String(EMPTY[/** @type {keyof CompareView} */ (name)])) continue;
    query.set(name, FLAGS.includes(name) ? "1" : String(value));
  }
  history.replaceState(history.state, "", `?${query}`);
}

/**
 * The same view of those runs, without what only held for others.
 *
 * @param {CompareView} view
 * @param {string[]} runs
 * @returns {CompareView}
 */
export function ofRuns(view, runs) {
  return { ...view, runs, cell: "", confusion: "", sort: LOST_SORTS.test(view.sort) ? "regression" : view.sort };
}

const LOST_SORTS = /^[A-H]$/;
