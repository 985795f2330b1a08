// The Compare tab: runs side by side, from the verdict down to one clip.

import { confusionAtlas, matrices, normalisers, slices, utterancesWith, verdicts } from "./panels.js";
import { Detail } from "./detail.js";
import { ofRuns, readView, writeView } from "./view.js";
import { element, named } from "../shared/dom.js";
import { verdictBadge } from "./evaluate.js";
import { keepRemark } from "./remarks.js";
import { request } from "../shared/requests.js";
import { fetchRun, isShown, LETTERS, rowOf, SHOWS, sideBySide, sorted } from "./rows.js";
import { chosenRuns, offerRuns } from "./list.js";
import { Table } from "../shared/table.js";
import { listenForKeys } from "./triage_keys.js";

const TYPING_MS = 120;
/** @type {Record<string, string>} */
const ORDERS = { regression: "Regressions, then wrong first", id: "By id", errors: "By word errors", said: "By what was said", heard: "By what was heard" };
/** @type {Record<string, string>} */
const SHOWN = { all: "All", wrong: "Went wrong", regressions: "Regressions", improvements: "Improvements", failed: "Failed, cut off or without an answer", tagged: "Tagged", corrected: "Reference corrected" };

export class Compare {
  #root;
  #ui;
  #view = readView();
  /** @type {Record<string, any>[]} */
  #known = [];
  /** @type {OpenedRun[]} */
  #runs = [];
  /** @type {Overview[]} */
  #overviews = [];
  /** @type {Pair[]} */
  #pairs = [];
  /** @type {Table<Pair> | null} */
  #table = null;
  #asked = 0;
  #detail;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#ui = named(root, "compare-");
    this.#detail = new Detail(this.#ui.detail, (pair, remark) => this.#keep(pair, remark));
    this.#listen();
    this.#begin();
  }

  async #begin() {
    try {
      this.#known = await request("GET", "/api/runs");
      this.#offer();
      if (this.#view.runs.length) await this.#open();
    } catch (error) {
      this.#tell(error.message);
    }
  }

  #listen() {
    const ui = this.#ui;
    ui.add.addEventListener("focus", () => this.#relist());
    ui.add.addEventListener("change", () => ui.add.value && this.#choose([...this.#view.runs, ui.add.value]));
    ui.shared.addEventListener("change", () => { this.#view.shared = ui.shared.checked; this.#open(); });
    let widthPx = 0;
    new ResizeObserver(() => {
      if (ui.slices.clientWidth === widthPx) return;
      widthPx = ui.slices.clientWidth;
      this.#drawSlices();
    }).observe(ui.slices);
    fill(ui.show, SHOWN);
    fill(ui.order, ORDERS);
    let typing = 0;
    ui.q.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.#change({ q: ui.q.value }), TYPING_MS);
    });
    ui.show.addEventListener("change", () => this.#change({ show: ui.show.value }));
    ui.mark.addEventListener("change", () => this.#change({ mark: ui.mark.value }));
    ui.order.addEventListener("change", () => this.#change({ sort: ui.order.value, down: false }));
    ui.column.addEventListener("change", () => { this.#change({ column: ui.column.value, slice: "" }); });
    ui.measure.addEventListener("change", () => this.#change({ measure: ui.measure.value }));
    ui.link.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href);
      this.#tell("The link is copied.");
    });
    this.#root.addEventListener("keydown", (event) => event.key === "Escape" && ui.detail.contains(event.target) && this.#table?.focus());
    const next = () => this.#step(1);
    const earlier = () => this.#step(-1);
    listenForKeys(this.#root, ui.keys, {
      n: next, j: next, p: earlier, k: earlier, " ": () => this.#detail.play(), b: () => this.#tell(this.#detail.switch()),
      t: () => this.#detail.edit("tags"), r: () => this.#detail.edit("words"), "?": () => this.#help(),
    });
  }

  async #relist() {
    try {
      this.#known = await request("GET", "/api/runs");
      this.#offer();
    } catch {
      // What was listed before stays.
    }
  }

  #offer() {
    offerRuns(this.#ui.add, this.#known, this.#view.runs);
  }

  /** @param {string[]} runs */
  #choose(runs) {
    this.#view = ofRuns(this.#view, runs);
    this.#open();
  }

  async #open() {
    const asked = ++this.#asked;
    const { runs, shared } = this.#view;
    writeView(this.#view);
    this.#offer();
    this.#ui.shared.checked = shared;
    this.#ui.chosen.replaceChildren(...chosenRuns(runs, this.#known, { remove: (run) => this.#choose(runs.filter((id) => id !== run)), tell: (text) => this.#tell(text) }));
    this.#ui.results.hidden = !runs.length;
    if (!runs.length) return this.#tell("Choose a run to inspect it, and a second one to compare them.");
    this.#tell("Opening; a run that was never scored takes longer.");
    try {
      const opened = await Promise.all(runs.map((run) => fetchRun(`/api/runs/${encodeURIComponent(run)}/rows`)));
      if (asked !== this.#asked) return;
      this.#runs = opened;
      this.#overviews = [];
      this.#begun();
      await Promise.all([this.#figures(asked), this.#verdict(asked)]);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#ui.results.hidden = true;
      this.#tell(error.message);
    }
  }

  #begun() {
    this.#pairs = sideBySide(this.#runs, this.#view.shared);
    this.#detail.of(this.#view.runs, this.#runs[0].events);
    this.#table = new Table(this.#ui.table, {
      label: "Utterances",
      columns: columnsOf(this.#runs),
      onActive: (pair) => {
        this.#view.at = pair.key;
        writeView(this.#view);
        this.#detail.settle(pair, this.#marks());
      },
      onOpen: () => this.#detail.focus(),
      onSort: (name) => this.#change({ sort: name, down: this.#view.sort === name && !this.#view.down }),
    });
    this.#draw();
    this.#tell("");
    const pair = this.#pairs.find(({ key }) => key === this.#view.at);
    if (pair) this.#detail.show(pair, this.#marks());
  }

  /** @param {number} asked */
  async #figures(asked) {
    const found = await Promise.all(this.#view.runs.map((run) => request("GET", `/api/runs/${encodeURIComponent(run)}/overview`)));
    if (asked !== this.#asked) return;
    this.#overviews = found;
    const columns = [...new Set(found.flatMap(({ slices: tags }) => Object.keys(tags)))];
    if (!columns.includes(this.#view.column)) this.#view.column = columns[0] ?? "";
    fill(this.#ui.column, Object.fromEntries(columns.map((name) => [name, name])));
    fill(this.#ui.measure, found[0].sliced);
    this.#ui.normalisers.replaceChildren(...normalisers(found));
    this.#draw();
  }

  /** @param {number} asked */
  async #verdict(asked) {
    const { runs, shared } = this.#view;
    this.#ui.verdicts.hidden = runs.length < 2;
    if (runs.length < 2) return;
    this.#ui.verdicts.replaceChildren(element("p", { className: "wb-hint", textContent: "Comparing…" }));
    const query = new URLSearchParams(runs.map((run) => ["run", run]));
    let nodes;
    try {
      nodes = verdicts(await request("GET", `/api/runs/comparison?${query}&shared=${shared}`));
    } catch (error) {
      nodes = [element("p", { className: "wb-wrong", textContent: `${error.message.replace("compare what both have with --shared", "tick “Only what both have” to compare that")}` })];
    }
    if (asked === this.#asked) this.#ui.verdicts.replaceChildren(...nodes);
  }

  /** @param {Partial<CompareView>} changes */
  #change(changes) {
    Object.assign(this.#view, changes);
    writeView(this.#view);
    this.#draw();
  }

  #draw() {
    const view = this.#view;
    const ui = this.#ui;
    const tagNames = this.#runs[0].tagNames;
    const among = view.confusion ? utterancesWith(this.#overviews, view.confusion) : null;
    const shown = sorted(this.#pairs.filter((pair) => isShown(pair, { ...view, show: SHOWS[view.show] ? view.show : "all", among }, tagNames)), view.sort, view.down);
    this.#table?.show(shown, shown.findIndex(({ key }) => key === view.at));
    this.#table?.sorted(view.sort, view.down);
    ui.count.textContent = `${shown.length.toLocaleString("en")} of ${this.#pairs.length.toLocaleString("en")} utterances${shown.length ? "" : ": none passes the filters"}`;
    for (const name of /** @type {const} */ (["show", "measure", "column"])) ui[name].value = view[name];
    ui.order.value = ORDERS[view.sort] ? view.sort : "";
    if (document.activeElement !== ui.q) ui.q.value = view.q;
    const marks = this.#marks();
    fill(ui.mark, { "": "Any", ...Object.fromEntries(marks.map((mark) => [mark, mark])) });
    ui.mark.value = view.mark;
    this.#drawFilters();
    ui.matrix.replaceChildren(...matrices(this.#runs, view.cell, (cell) => this.#change({ cell: view.cell === cell ? "" : cell })));
    if (!this.#overviews.length) return;
    this.#drawSlices();
    ui.confusions.replaceChildren(...confusionAtlas(this.#overviews, view.confusion, (name) => this.#change({ confusion: view.confusion === name ? "" : name })));
  }

  #drawSlices() {
    const place = this.#ui.slices;
    if (!this.#overviews.length || !place.clientWidth) return;
    const { column } = this.#view;
    place.replaceChildren(slices(this.#overviews, this.#view, place.clientWidth, (value) => this.#change({ slice: `${column}:${value}` })));
  }

  /** What narrows the table besides the fields above it, each with a way out. */
  #drawFilters() {
    const { cell, slice, confusion } = this.#view;
    const named = { cell: cell && `run ${cell[0]}: ${CELL_NAMES[cell.slice(1)]}`, slice: slice.replace(":", ": "), confusion };
    const chips = Object.entries(named).filter(([, text]) => text).map(([name, text]) => {
      const chip = element("button", { type: "button", className: "wb-chip wb-out", textContent: text, ariaLabel: `Without the filter ${text}` });
      chip.addEventListener("click", () => this.#change({ [name]: "" }));
      return chip;
    });
    this.#ui.filters.replaceChildren(...chips);
  }

  #marks() {
    return [...new Set(this.#pairs.flatMap(({ first }) => first.marks))].sort();
  }

  /**
   * Keep a remark beside each run that has the utterance, and show what it scores now.
   *
   * @param {Pair} pair
   * @param {Wire.Remark} remark
   */
  async #keep(pair, remark) {
    for (const [i, row] of pair.sides.entries()) {
      if (!row) continue;
      const changed = await keepRemark(this.#view.runs[i], remark, row.remarked);
      for (const [key, values] of Object.entries(changed)) {
        const number = Number(key);
        this.#runs[i].rows[number] = rowOf(this.#runs[i].columns, values, number);
      }
    }
    this.#pairs = sideBySide(this.#runs, this.#view.shared);
    this.#draw();
    await this.#detail.show(this.#pairs.find(({ key }) => key === pair.key) ?? pair, this.#marks());
    this.#tell("Kept beside the run, and scored again.");
    const asked = this.#asked;
    await Promise.all([this.#figures(asked), this.#verdict(asked)]);
  }

  /** @param {1 | -1} by */
  #step(by) {
    if (!this.#table) return;
    const rows = this.#table.rows;
    let at = this.#table.active < 0 && by < 0 ? rows.length : this.#table.active;
    do at += by;
    while (rows[at] && !rows[at].isWrong);
    if (rows[at]) {
      this.#table.activate(at);
      this.#ui.table.scrollIntoView({ block: "nearest" });
    } else this.#tell(by > 0 ? "No later utterance in the table went wrong." : "No earlier utterance in the table went wrong.");
  }

  #help() {
    const help = this.#root.querySelector("details.wb-keys");
    if (!(help instanceof HTMLDetailsElement)) return;
    help.open = !help.open;
    if (help.open) help.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} text */
  #tell(text) {
    this.#ui.status.textContent = text;
  }
}

/** @type {Record<string, string>} */
const CELL_NAMES = { hu: "words right, formula right", h: "words right, formula wrong", u: "words wrong, formula right", "": "words wrong, formula wrong" };

/** @param {OpenedRun[]} runs @returns {import("../shared/table.js").Column<Pair>[]} */
function columnsOf(runs) {
  const isAlone = runs.length === 1;
  /** @type {import("../shared/table.js").Column<Pair>[]} */
  const results = runs.map((_, i) => ({
    name: LETTERS[i], title: isAlone ? "Verdict" : LETTERS[i], width: "minmax(6.2rem, 1fr)", sort: true,
    cell: ({ sides }) => (sides[i] ? verdictBadge(sides[i]) : "not in it"),
  }));
  return [
    { name: "id", title: "Utterance", width: "minmax(7rem, 1.7fr)", sort: true, cell: ({ first }) => (first.epoch ? `${first.utterance_id} (${first.epoch})` : first.utterance_id) },
    ...results,
    { name: "errors", title: "Errors", width: "4.2rem", sort: true, cell: ({ sides }) => sides.map((row) => row?.word_errors ?? "–").join(" / ") },
    { name: "said", title: "Said", width: "minmax(7rem, 2.2fr)", sort: true, cell: ({ first }) => first.said },
  ];
}

/** @param {HTMLSelectElement} select @param {Record<string, string>} options */
function fill(select, options) {
  select.replaceChildren(...Object.entries(options).map(([value, textContent]) => element("option", { value, textContent })));
}
