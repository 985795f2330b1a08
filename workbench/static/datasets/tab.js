// The Datasets tab: which dataset, its checks and statistics, and what belongs to it.

import { DatasetImport } from "./import.js";
import { DatasetMaker } from "./maker.js";
import { DatasetRecorder } from "./recorder.js";
import { DatasetTable } from "./table.js";
import { element, named } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { UtteranceEditor } from "./utterance_editor.js";

const BROKEN = "lines can't be read; Check says why";

export class Datasets {
  #ui;
  #table;
  #editor;
  /** @type {Wire.Listed[]} */
  #listed = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#ui = named(root, "datasets-");
    this.#editor = new UtteranceEditor(this.#ui.editor, {
      changed: () => this.#table.reload(),
      copy: () => this.#copy(),
    });
    this.#table = new DatasetTable(this.#ui, {
      open: (row) => this.#open(row),
      failed: (error) => this.#tell("refused", error.message),
    });
    new DatasetRecorder(this.#ui, {
      dataset: () => this.#ownDataset(),
      kept: () => this.#load(),
    });
    new DatasetMaker(this.#ui, { dataset: () => this.#ownDataset(), made: () => this.#load() });
    new DatasetImport(this.#ui, (name, message) => this.#begun(name, message));
    this.#listen();
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#load()).observe(root);
  }

  #listen() {
    const ui = this.#ui;
    ui.name.addEventListener("change", () => this.#show());
    ui.new.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#attempt(ui.create, () => this.#create());
    });
    ui.copy.addEventListener("click", () => this.#attempt(ui.copy, () => this.#copy()));
    ui["check-all"].addEventListener("click", () => this.#attempt(ui["check-all"], () => this.#check()));
    ui.statistics.addEventListener("toggle", () => ui.statistics.open && this.#count());
  }

  get #current() {
    return this.#listed.find(({ name }) => name === this.#ui.name.value) ?? null;
  }

  /** The chosen dataset; throws where there is none. */
  get #chosen() {
    if (!this.#current) throw new Error("There is no dataset yet. Create one.");
    return this.#current;
  }

  /**
   * List the datasets there are now; the chosen one stays chosen.
   *
   * @param {string} [chosen]
   */
  async #load(chosen = this.#ui.name.value) {
    try {
      this.#listed = await request("GET", "/api/datasets");
    } catch (error) {
      return this.#tell("refused", error.message);
    }
    /** @type {[string, Wire.Listed[]][]} */
    const groups = [
      ["Your own", this.#listed.filter((each) => each.is_own)],
      ["Shipped", this.#listed.filter((each) => !each.is_own)],
    ];
    this.#ui.name.replaceChildren(
      ...groups
        .filter(([, datasets]) => datasets.length)
        .map(([label, datasets]) => element("optgroup", { label }, ...datasets.map(option))),
    );
    if (this.#listed.some(({ name }) => name === chosen)) this.#ui.name.value = chosen;
    if (this.#current) await this.#show();
    else this.#tell("idle", "There is no dataset yet. Create one.");
  }

  async #show() {
    const dataset = this.#chosen;
    const { findings, stats, statistics } = this.#ui;
    findings.replaceChildren();
    stats.replaceChildren();
    this.#ui["findings-note"].textContent = "";
    this.#ui.export.href = `/api/datasets/${encodeURIComponent(dataset.name)}/export`;
    this.#ui.push.textContent = `python -m evals dataset push ${dataset.name} owner/name`;
    if (this.#editor.dataset !== dataset.name) this.#editor.clear();
    await this.#table.show(dataset.name);
    if (this.#table.n_broken) this.#tell("refused", `${this.#table.n_broken} ${BROKEN}.`);
    else if (dataset.is_own) this.#tell("listening", "Your own dataset: choose an utterance to change it.");
    else this.#tell("idle", `${dataset.name} comes with the workbench and stays as it is; copy it to change it.`);
    if (statistics.open) this.#count();
  }

  async #create() {
    /** @type {Wire.NamedDataset} */
    const { name } = await request("POST", "/api/datasets", { json: /** @satisfies {Wire.NewDataset} */ ({ name: this.#wantedName() }) });
    await this.#begun(name, `${name} is there and empty.`);
  }

  async #copy() {
    const source = this.#chosen.name;
    const path = `/api/datasets/${encodeURIComponent(source)}/copies`;
    /** @type {Wire.NamedDataset} */
    const { name } = await request("POST", path, { json: /** @satisfies {Wire.NewDataset} */ ({ name: this.#wantedName(`my-${source}`) }) });
    await this.#begun(name, `${name} is a copy of ${source}, and yours.`);
  }

  /** @param {string} name @param {string} message */
  async #begun(name, message) {
    this.#ui["new-name"].value = "";
    await this.#load(name);
    this.#tell("listening", message);
  }

  /** The chosen dataset, when something may be put into it; throws an Error with a sentence. */
  #ownDataset() {
    if (this.#current?.is_own) return this.#current.name;
    throw new Error("Choose a dataset of your own first, or create one above.");
  }

  /** @param {string} [otherwise] @returns {string} */
  #wantedName(otherwise = "") {
    return this.#ui["new-name"].value.trim() || otherwise;
  }

  async #check() {
    const note = this.#ui["findings-note"];
    note.textContent = "Checking every line and recording …";
    this.#ui.findings.replaceChildren();
    try {
      const path = `/api/datasets/${encodeURIComponent(this.#chosen.name)}/findings`;
      /** @type {Wire.FindingsView} */
      const { n_findings, findings } = await request("GET", path);
      note.textContent = found(n_findings, findings.length);
      this.#ui.findings.replaceChildren(...findings.map((finding) => this.#finding(finding)));
    } catch (error) {
      note.textContent = error.message;
    }
  }

  /** @param {Wire.FindingView} finding */
  #finding({ sentence, line, id, file }) {
    const where = id || (line ? `Line ${line}` : (file ?? ""));
    const text = element("span", { textContent: sentence });
    if (!id) return element("li", {}, element("b", { textContent: where }), text);
    const open = element("button", { type: "button", className: "wb-link", textContent: where });
    open.addEventListener("click", () => this.#attempt(open, () => this.#openById(id)));
    return element("li", {}, open, text);
  }

  /** @param {string} id */
  async #openById(id) {
    const path = `/api/datasets/${encodeURIComponent(this.#chosen.name)}/utterance?id=${encodeURIComponent(id)}`;
    this.#open(await request("GET", path));
  }

  /** @param {Wire.EntryView} row */
  #open(row) {
    this.#editor.open(this.#chosen, row);
    this.#ui.editor.scrollIntoView({ block: "nearest" });
  }

  async #count() {
    const note = this.#ui["statistics-note"];
    note.textContent = "Counting …";
    try {
      const path = `/api/datasets/${encodeURIComponent(this.#chosen.name)}/statistics`;
      /** @type {Wire.StatsView} */
      const { counts, tags } = await request("GET", path);
      note.textContent = "";
      this.#ui.stats.replaceChildren(countTable("All", counts), ...tags.map(({ name, values }) => countTable(name, values)));
    } catch (error) {
      this.#ui.stats.replaceChildren();
      note.textContent = error.message;
    }
  }

  /** @param {HTMLButtonElement} button @param {() => unknown} act */
  async #attempt(button, act) {
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      this.#tell("refused", error.message);
    }
    button.disabled = false;
  }

  /** @param {string} state @param {string} message */
  #tell(state, message) {
    this.#ui.status.dataset.state = state;
    this.#ui.status.textContent = message;
  }
}

/** @param {Wire.Listed} dataset */
function option({ name, n_utterances }) {
  return element("option", { value: name, textContent: `${name} (${n_utterances.toLocaleString("en")})` });
}

/** @param {number} n @param {number} nShown */
function found(n, nShown) {
  if (!n) return "Everything is in order.";
  const rest = n > nShown ? `, the first ${nShown} of them here` : "";
  return `${n.toLocaleString("en")} ${n === 1 ? "finding" : "findings"}${rest}.`;
}

/** @param {string} name @param {[string, string | number][]} values */
function countTable(name, values) {
  const rows = values.map(([label, n]) =>
    element("tr", {}, element("th", { scope: "row", textContent: label }), element("td", { textContent: n })),
  );
  return element("table", {}, element("caption", { textContent: name }), element("tbody", {}, ...rows));
}
