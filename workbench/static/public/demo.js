// The public demo: news of the visit, a key of one's own, one small run.

import { byId, element, fieldsOf, options } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { errorCount, Utterance } from "../runs/evaluate.js";

const VISIT = "/api/visit";
const RUN = `${VISIT}/run`;
const NEWS_MS = 4_000;
const RUN_NEWS_MS = 1_000;
const OVER = ["complete", "stopped", "failed"];
/** @typedef {{ state: string, message: string, rates?: [string, string, string][], rows?: Wire.DemoRow[] }} RunNews */

/** @type {RunNews} */
const NO_RUN = { state: "failed", message: "Your run is gone: the server was started again. Press Run for another." };

export class Demo {
  #note = byId("demo-note", HTMLElement);
  #form = byId("demo-key", HTMLFormElement);
  #forget = byId("demo-forget", HTMLButtonElement);

  constructor() {
    this.#form.addEventListener("submit", (event) => this.#use(event));
    this.#forget.addEventListener("click", () => this.#tell("DELETE"));
    this.#follow();
  }

  /** Ask for news as long as the page is there: the visit ends when nobody asks any more. */
  async #follow() {
    await this.#news();
    setTimeout(() => this.#follow(), NEWS_MS);
  }

  async #news() {
    try {
      this.#show(await request("GET", VISIT));
    } catch (error) {
      this.#say(error.message);
    }
  }

  /** @param {Wire.VisitView} visit */
  #show({ engine, has_key }) {
    this.#say(engine);
    this.#forget.hidden = !has_key;
  }

  /** @param {string} text */
  #say(text) {
    if (this.#note.textContent !== text) this.#note.textContent = text;
  }

  /** @param {Event} event */
  async #use(event) {
    event.preventDefault();
    const field = fieldsOf(this.#form).key;
    const key = field.value.trim();
    field.value = "";
    await this.#tell("POST", { json: /** @satisfies {Wire.OwnKey} */ ({ key }) });
  }

  /** @param {string} method @param {import("../shared/requests.js").Content} [content] */
  async #tell(method, content) {
    try {
      await request(method, `${VISIT}/key`, content);
    } catch (error) {
      return this.#say(error.message);
    }
    await this.#news();
  }
}

export class DemoRun {
  #form = byId("demo-choice", HTMLFormElement);
  #begin = byId("demo-begin", HTMLButtonElement);
  #stop = byId("demo-stop", HTMLButtonElement);
  #state = byId("demo-state", HTMLElement);
  #rates = byId("demo-rates", HTMLElement);
  #table = byId("demo-table", HTMLTableElement);
  #utterance = new Utterance(byId("demo-utterance", HTMLElement));

  constructor() {
    this.#form.addEventListener("submit", (event) => this.#start(event));
    this.#stop.addEventListener("click", () => this.#attempt(() => request("DELETE", RUN)));
    this.#load();
  }

  /** Ask until the server is there: nothing can be run before. */
  async #load() {
    const isThere = await this.#attempt(async () => this.#fill(await request("GET", "/api/workbench")));
    if (!isThere) setTimeout(() => this.#load(), NEWS_MS);
  }

  /** @param {Wire.AboutView} about */
  #fill({ prompts }) {
    const { prompt } = fieldsOf(this.#form);
    prompt.replaceChildren(...options(prompts));
    prompt.value = prompts.find(({ value }) => value.startsWith("transcribe@"))?.value ?? prompts[0].value;
    this.#begin.disabled = false;
  }

  /** @param {Event} event */
  async #start(event) {
    event.preventDefault();
    const { clips, prompt } = fieldsOf(this.#form);
    /** @type {Wire.NewRun} */
    const json = { prompt: prompt.value, n_clips: Number(clips.value) };
    if (!(await this.#attempt(() => request("POST", RUN, { json })))) return;
    this.#clear();
    this.#follow();
  }

  #clear() {
    this.#rates.replaceChildren();
    this.#table.hidden = true;
    this.#utterance.clear();
  }

  /** Ask how far the run is, also while the server is away, until it is over. */
  async #follow() {
    const news = await runNews();
    const isOver = OVER.includes(news.state);
    this.#state.textContent = news.message;
    this.#begin.disabled = !isOver;
    this.#stop.disabled = isOver;
    if (!isOver) setTimeout(() => this.#follow(), RUN_NEWS_MS);
    else if (news.rows?.length) this.#show(news);
  }

  /** @param {RunNews} news */
  #show({ rates = [], rows = [] }) {
    const pairs = rates.map(([name, value, hint]) => [element("dt", { textContent: name, title: hint }), element("dd", { textContent: value })]);
    this.#rates.replaceChildren(...pairs.flat());
    this.#table.tBodies[0].replaceChildren(...rows.map((row, number) => this.#row(row, number)));
    this.#table.hidden = false;
  }

  /** @param {Wire.DemoRow} row @param {number} number */
  #row(row, number) {
    const cells = [row.verdict, errorCount(row), row.said, row.heard];
    const button = element("button", { type: "button", textContent: row.utterance_id });
    button.addEventListener("click", () => this.#utterance.show(`${RUN}/attempts/${number}`));
    return element("tr", {}, element("td", {}, button), ...cells.map((text) => element("td", { textContent: text })));
  }

  /**
   * Do it, or say in a sentence why not; gives whether it was done.
   *
   * @param {() => unknown} act
   */
  async #attempt(act) {
    try {
      await act();
      return true;
    } catch (error) {
      this.#state.textContent = error.message;
      return false;
    }
  }
}

/**
 * How far the run is; a server that is away may have it still, one that refuses has not.
 *
 * @returns {Promise<RunNews>}
 */
async function runNews() {
  try {
    /** @type {Wire.DemoRunView | Wire.NoRunView} */
    const news = await request("GET", RUN);
    return news.state ? news : NO_RUN;
  } catch (error) {
    return { state: error.status ? "failed" : "lost", message: error.message };
  }
}
