// A dataset's utterances, a page at a time: the server searches, so that ten thousand are as
// quick as ten.

import { typeset } from "../shared/board.js";
import { element, scrollable, within } from "../shared/dom.js";
import { request } from "../shared/requests.js";

const TYPING_MS = 120;
const SHOWN_TAGS = ["category", "speaker", "noise"];

export class DatasetTable {
  n_broken = 0;
  #ui;
  #open;
  #failed;
  /** @type {string} */
  #dataset = "";
  #offset = 0;
  /** @type {AbortController | null} */
  #asked = null;
  #timer = 0;
  #player = new Audio();
  /** @type {HTMLButtonElement | null} */
  #playing = null;

  /**
   * `open` takes a row that was chosen, `failed` an error.
   *
   * @param {Ui} ui
   * @param {{ open: (row: Wire.EntryView) => void, failed: (error: Error) => void }} callbacks
   */
  constructor(ui, { open, failed }) {
    this.#ui = ui;
    this.#open = open;
    this.#failed = failed;
    ui.search.addEventListener("input", () => this.#soon());
    ui.filters.addEventListener("change", () => this.#first());
    ui.earlier.addEventListener("click", () => this.#turn(-1));
    ui.later.addEventListener("click", () => this.#turn(1));
    for (const over of ["ended", "pause", "error"]) {
      this.#player.addEventListener(over, () => this.#quiet());
    }
  }

  /**
   * Another dataset from its beginning; the same one stays as it was searched.
   *
   * @param {string} dataset
   */
  async show(dataset) {
    if (dataset !== this.#dataset) {
      this.#dataset = dataset;
      this.#offset = 0;
      this.#ui.search.value = "";
      this.#ui.filters.replaceChildren();
    }
    await this.reload();
  }

  async reload() {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    try {
      const path = `/api/datasets/${encodeURIComponent(this.#dataset)}/utterances?${this.#query()}`;
      this.#draw(await request("GET", path, { signal: asked.signal }));
    } catch (error) {
      if (error.name !== "AbortError") this.#failed(error);
    }
  }

  #query() {
    const query = new URLSearchParams({ text: this.#ui.search.value, offset: String(this.#offset) });
    for (const select of this.#ui.filters.querySelectorAll("select")) {
      if (select.value) query.append("tag", `${select.name}:${select.value}`);
    }
    return query;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#first(), TYPING_MS);
  }

  #first() {
    this.#offset = 0;
    this.reload();
  }

  /** @param {number} pages */
  #turn(pages) {
    this.#offset = Math.max(0, this.#offset + pages * this.#ui.rows.dataset.pageSize);
    this.reload();
    this.#ui.rows.closest("[tabindex]").scrollTop = 0;
  }

  /** @param {Wire.BrowsedView} found */
  #draw({ rows, n_all, n_found, n_broken, page_size, filters }) {
    const ui = this.#ui;
    this.n_broken = n_broken;
    if (!ui.filters.childElementCount) ui.filters.replaceChildren(...Object.entries(filters).map(filter));
    ui.rows.dataset.pageSize = page_size;
    ui.rows.replaceChildren(...rows.map((row) => this.#row(row)));
    ui.found.textContent = n_found === n_all ? `${count(n_all)}.` : `${count(n_found)} of ${n_all.toLocaleString("en")}.`;
    ui.none.hidden = rows.length > 0;
    ui.none.textContent = n_all ? "Nothing matches. Search for less, or choose other filters." : "This dataset is empty.";
    ui.earlier.disabled = this.#offset === 0;
    ui.later.disabled = this.#offset + page_size >= n_found;
    const pages = Math.max(1, Math.ceil(n_found / page_size));
    ui.page.textContent = `Page ${this.#offset / page_size + 1} of ${pages}`;
  }

  /** @param {Wire.EntryView} row */
  #row(row) {
    const open = element("button", { type: "button", className: "wb-link", textContent: row.id });
    const line = element("tr", {},
      element("td", {}, this.#playButton(row)),
      element("td", { className: "wb-ds-id" }, open),
      element("td", { className: "wb-ds-said", textContent: row.transcript }),
      element("td", { className: "wb-ds-latex" }, ...row.readings.map(reading)),
      element("td", { className: "wb-ds-tags" }, ...SHOWN_TAGS.filter((name) => row.tags[name]).map((name) => tag(name, row.tags[name]))),
    );
    line.addEventListener("click", (event) => within(event, "button:not(.wb-link)") || this.#open(row));
    return line;
  }

  /** @param {Wire.EntryView} row */
  #playButton({ id, clip }) {
    const button = element("button", { type: "button", className: "wb-ds-play", textContent: "▶", ariaLabel: `Play ${id}` });
    button.addEventListener("click", () => {
      const again = this.#playing === button;
      this.#player.pause();
      this.#quiet();
      if (again) return;
      this.#playing = button;
      button.textContent = "■";
      this.#player.src = clip;
      this.#player.play().catch((error) => {
        if (error.name !== "AbortError") this.#failed(new Error(`The recording of ${id} can't be played.`));
      });
    });
    return button;
  }

  #quiet() {
    if (this.#playing) this.#playing.textContent = "▶";
    this.#playing = null;
  }
}

/**
 * One accepted reading: formulas typeset, words between them as words.
 *
 * @param {Reading} pieces
 */
export function reading(pieces) {
  const shown = pieces.map((piece) => ("text" in piece ? piece.text : typeset(piece)));
  return scrollable(element("span", { className: "wb-ds-reading" }, ...shown));
}

/** @param {string} name @param {string} value */
function tag(name, value) {
  return element("span", { className: "wb-ds-tag", title: name, textContent: value });
}

/** @param {[string, string[]]} each */
function filter([name, values]) {
  const every = element("option", { value: "", textContent: `${name}: all` });
  const options = values.map((value) => element("option", { value, textContent: `${name}: ${value}` }));
  return element("select", { className: "wb-field", name, ariaLabel: `Filter by ${name}` }, every, ...options);
}

/** @param {number} n */
function count(n) {
  return `${n.toLocaleString("en")} ${n === 1 ? "utterance" : "utterances"}`;
}
