// A table of any length: only the rows in view are in the page. One grid with a row that is
// active; arrows, Page Up and Down, Home and End move it, Enter opens it.

import { element } from "./dom.js";
import { rowAfterKey, rowsInView, scrollTopToShow } from "./window.js";

/**
 * A column of rows R; a cell gives text or a node, `sort` makes the title a button.
 *
 * @template R
 * @typedef {{ name: string, title: string, width: string, cell(row: R): Child, sort?: boolean }} Column
 */

const FALLBACK_ROW_PX = 40;
let tables = 0;

/** @template R */
export class Table {
  #root;
  #columns;
  #onActive;
  #onOpen;
  #body;
  #head;
  /** @type {R[]} */
  #rows = [];
  #active = -1;
  #drawn = "";
  #prefix = `wb-table-${++tables}`;

  /**
   * The table fills `place`. `columns` are `{ name, title, width, cell(row), sort }`: a cell gives text or a node; `sort`
   * makes the title a button. `onActive(row, index)` follows the active row, `onOpen(row)` is
   * Enter or a double click, `onSort(name)` a click on a title.
   *
   * @param {Element} place
   * @param {{ label: string, columns: Column<R>[], onActive(row: R, index: number): void, onOpen?(row: R): void, onSort?(name: string): void }} options
   */
  constructor(place, { label, columns, onActive, onOpen = () => {}, onSort = () => {} }) {
    this.#root = element("div", { className: "wb-grid", role: "grid", ariaLabel: label, tabIndex: 0 });
    this.#columns = columns;
    this.#onActive = onActive;
    this.#onOpen = onOpen;
    this.#head = element("div", { className: "wb-grid-row wb-grid-head", role: "row" }, ...columns.map((column, i) => head(column, i, onSort)));
    this.#head.setAttribute("aria-rowindex", "1");
    this.#body = element("div", { className: "wb-grid-body", role: "rowgroup" });
    this.#root.append(this.#head, this.#body);
    this.#root.setAttribute("aria-colcount", String(columns.length));
    this.#root.style.setProperty("--wb-grid-columns", columns.map(({ width }) => width).join(" "));
    this.#root.addEventListener("scroll", () => this.#draw(), { passive: true });
    this.#root.addEventListener("keydown", (event) => this.#press(event));
    new ResizeObserver(() => this.#draw(true)).observe(this.#root);
    place.replaceChildren(this.#root);
  }

  get active() {
    return this.#active;
  }

  get rows() {
    return this.#rows;
  }

  /**
   * Show these rows; the row `active` stays or becomes the active one, without a call.
   *
   * @param {R[]} rows
   * @param {number} [active]
   */
  show(rows, active = -1) {
    this.#rows = rows;
    this.#active = active;
    this.#root.setAttribute("aria-rowcount", String(rows.length + 1));
    this.#draw(true);
    if (active >= 0) this.#reveal();
    else this.#root.scrollTop = 0;
  }

  /**
   * Say by which column the rows are sorted.
   *
   * @param {string} name
   * @param {boolean} isDescending
   */
  sorted(name, isDescending) {
    for (const cell of /** @type {HTMLCollectionOf<HTMLElement>} */ (this.#head.children)) {
      const isIt = cell.dataset.column === name;
      cell.ariaSort = isIt ? (isDescending ? "descending" : "ascending") : null;
    }
  }

  /**
   * Make a row the active one, and bring it into view.
   *
   * @param {number} index
   */
  activate(index) {
    if (index < 0 || index >= this.#rows.length || index === this.#active) return;
    this.#active = index;
    this.#reveal();
    this.#draw(true);
    this.#onActive(this.#rows[index], index);
  }

  focus() {
    this.#root.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.target !== this.#root || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = rowAfterKey(event.key, { active: this.#active, nRows: this.#rows.length, ...this.#sizes });
    if (index !== null) {
      event.preventDefault();
      this.activate(index);
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#onOpen(this.#rows[this.#active]);
    }
  }

  get #sizes() {
    const { scrollTop: scrollTopPx, clientHeight: heightPx } = this.#root;
    const rowPx = parseFloat(getComputedStyle(this.#root).getPropertyValue("--wb-grid-row")) || FALLBACK_ROW_PX;
    return { scrollTopPx, heightPx, rowPx };
  }

  #reveal() {
    const headPx = this.#head.offsetHeight;
    this.#root.scrollTop = scrollTopToShow({ ...this.#sizes, headPx, index: this.#active });
  }

  /** @param {boolean} [anew] */
  #draw(anew = false) {
    const { rowPx, ...sizes } = this.#sizes;
    const { first, end } = rowsInView({ ...sizes, rowPx, nRows: this.#rows.length });
    const range = `${first} ${end} ${rowPx}`;
    if (!anew && range === this.#drawn) return;
    this.#drawn = range;
    this.#body.style.height = `${this.#rows.length * rowPx}px`;
    const nodes = [];
    for (let index = first; index < end; index++) nodes.push(this.#row(index, index * rowPx));
    this.#body.replaceChildren(...nodes);
    const id = `${this.#prefix}-${this.#active}`;
    if (this.#active >= first && this.#active < end) this.#root.setAttribute("aria-activedescendant", id);
    else this.#root.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index @param {number} topPx */
  #row(index, topPx) {
    const row = this.#rows[index];
    const cells = this.#columns.map((column, i) => {
      const cell = element("div", { className: "wb-grid-cell", role: "gridcell", dataset: { column: column.name } }, column.cell(row));
      cell.setAttribute("aria-colindex", String(i + 1));
      return cell;
    });
    const node = element("div", { className: "wb-grid-row", role: "row", id: `${this.#prefix}-${index}`, ariaSelected: String(index === this.#active) }, ...cells);
    node.setAttribute("aria-rowindex", String(index + 2));
    node.style.transform = `translateY(${topPx}px)`;
    node.addEventListener("click", () => this.activate(index));
    node.addEventListener("dblclick", () => this.#onOpen(row));
    return node;
  }
}

/** @param {Column<any>} column @param {number} i @param {(name: string) => void} onSort */
function head(column, i, onSort) {
  const cell = element("div", { className: "wb-grid-cell", role: "columnheader", dataset: { column: column.name } });
  cell.setAttribute("aria-colindex", String(i + 1));
  if (!column.sort) {
    cell.textContent = column.title;
    return cell;
  }
  const button = element("button", { type: "button", className: "wb-grid-sort", textContent: column.title });
  button.addEventListener("click", () => onSort(column.name));
  cell.append(button);
  return cell;
}
