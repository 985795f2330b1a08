// Which rows of a long table are in view, and where it scrolls to. Nothing here touches the page.

const SPARE_ROWS = 8;

/**
 * The rows to draw, from `first` up to but not including `end`, a few more than are in view.
 *
 * @param {{ scrollTopPx: number, heightPx: number, rowPx: number, nRows: number }} table
 */
export function rowsInView({ scrollTopPx, heightPx, rowPx, nRows }) {
  const first = Math.max(0, Math.floor(scrollTopPx / rowPx) - SPARE_ROWS);
  const n = Math.ceil(heightPx / rowPx) + 2 * SPARE_ROWS;
  return { first, end: Math.min(nRows, first + n) };
}

/**
 * Where to scroll so that a row is seen below the head, which stays; no further than needed.
 *
 * @param {{ scrollTopPx: number, heightPx: number, headPx: number, rowPx: number, index: number }} table
 */
export function scrollTopToShow({ scrollTopPx, heightPx, headPx, rowPx, index }) {
  const topPx = index * rowPx;
  const shownPx = heightPx - headPx;
  if (topPx < scrollTopPx) return topPx;
  return Math.max(scrollTopPx, topPx + rowPx - shownPx);
}

/**
 * The row that a key makes the active one; null for a key that moves nothing.
 *
 * @param {string} key
 * @param {{ active: number, nRows: number, heightPx: number, rowPx: number }} table
 */
export function rowAfterKey(key, { active, nRows, heightPx, rowPx }) {
  const page = Math.max(1, Math.floor(heightPx / rowPx) - 2);
  const last = nRows - 1;
  /** @type {Record<string, number>} */
  const moves = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: last };
  if (!Object.hasOwn(moves, key) || last < 0) return null;
  return Math.min(last, Math.max(0, moves[key]));
}
