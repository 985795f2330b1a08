// The public demo: news of the visit, a key of one's own, one small run.

import { element } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { Utterance } from "../runs/evaluate.js";

const VISIT = "/api/visit";
const RUN = `${VISIT}/run`;
const NEWS_MS = 4_000;
const RUN_NEWS_MS = 1_000;
const OVER = ["complete", "stopped", "failed"];
const NO_RUN = { state: "failed", message: "Your run is gone: the server was started again. Press Run for another." };

export class Demo {
  #note = document.getElementById("demo-note");
  #form = document.getElementById("demo-key");
  #forget = document.getElementById("demo-forget");

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

  #show({ engine, has_key, waiting }) {
    this.#say(engine);
    this.#forget.hidden = !has_key;
    const status = document.getElementById("live-status");
    if (waiting && status?.dataset.state === "refused" && status.textContent !== waiting) status.textContent = waiting;
  }

  #say(text) {
    if (this.#note.textContent !== text) this.#note.textContent = text;
  }

  async #use(event) {
    event.preventDefault();
    const field = this.#form.elements.key;
    const key = field.value.trim();
    field.value = "";
    await this.#tell("POST", { json: { key } });
  }

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
  #form = document.getElementById("demo-choice");
  #begin = document.getElementById("demo-begin");
  #stop = document.getElementById("demo-stop");
  #state = document.getElementById("demo-state");
  #rates = document.getElementById("demo-rates");
  #table = document.getElementById("demo-table");
  #utterance = new Utterance(document.getElementById("demo-utterance"));

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

  #fill({ prompts }) {
    const { prompt } = this.#form.elements;
    prompt.replaceChildren(...prompts.map((choice) => element("option", choice)));
    prompt.value = prompts.find(({ value }) => value.startsWith("transcribe@"))?.value ?? prompts[0].value;
    this.#begin.disabled = false;
  }

  async #start(event) {
    event.preventDefault();
    const { clips, prompt } = this.#form.elements;
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

  #show({ rates, rows }) {
    const pairs = rates.map(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: value })]);
    this.#rates.replaceChildren(...pairs.flat());
    this.#table.tBodies[0].replaceChildren(...rows.map((row, number) => this.#row(row, number)));
    this.#table.hidden = false;
  }

  #row([name, ...cells], number) {
    const button = element("button", { type: "button", textContent: name });
    button.addEventListener("click", () => this.#utterance.show(`${RUN}/attempts/${number}`));
    return element("tr", {}, element("td", {}, button), ...cells.map((text) => element("td", { textContent: text })));
  }

  /** Do it, or say in a sentence why not; gives whether it was done. */
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

/** How far the run is; a server that is away may have it still, one that refuses has not. */
async function runNews() {
  try {
    const news = await request("GET", RUN);
    return news.state ? news : NO_RUN;
  } catch (error) {
    return { state: error.status ? "failed" : "lost", message: error.message };
  }
}
