// Which rows of a long table are drawn, and where keys lead.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rowAfterKey, rowsInView, scrollTopToShow } from "../../workbench/static/shared/window.js";

const VIEW = { heightPx: 400, rowPx: 40 };

test("only rows in view and a few more are drawn, whatever the table's length", () => {
  const cases = [
    [{ scrollTopPx: 0, nRows: 10_000 }, { first: 0, end: 26 }],
    [{ scrollTopPx: 4_000, nRows: 10_000 }, { first: 92, end: 118 }],
    [{ scrollTopPx: 0, nRows: 3 }, { first: 0, end: 3 }],
    [{ scrollTopPx: 0, nRows: 0 }, { first: 0, end: 0 }],
    [{ scrollTopPx: 399_600, nRows: 10_000 }, { first: 9_982, end: 10_000 }],
  ];
  for (const [table, rows] of cases) assert.deepEqual(rowsInView({ ...VIEW, ...table }), rows);
});

test("a row in view does not move the table, another moves it no further than needed", () => {
  const table = { ...VIEW, headPx: 40, scrollTopPx: 400 };
  const cases = [
    [10, 400], // the first in view
    [18, 400], // the last in view
    [19, 440], // one below
    [9, 360], // one above
    [0, 0],
  ];
  for (const [index, top] of cases) assert.equal(scrollTopToShow({ ...table, index }), top, `row ${index}`);
});

test("keys move the active row, and never out of the table", () => {
  const table = { ...VIEW, nRows: 100 };
  const cases = [
    ["ArrowDown", 4, 5],
    ["ArrowUp", 4, 3],
    ["ArrowUp", 0, 0],
    ["ArrowDown", 99, 99],
    ["PageDown", 4, 12],
    ["PageUp", 4, 0],
    ["Home", 50, 0],
    ["End", 50, 99],
    ["ArrowDown", -1, 0], // none is active yet
    ["Enter", 4, null],
    ["toString", 4, null], // no key, but a property of every object
  ];
  for (const [key, active, to] of cases) assert.equal(rowAfterKey(key, { ...table, active }), to, key);
  assert.equal(rowAfterKey("End", { ...table, nRows: 0, active: -1 }), null);
});
