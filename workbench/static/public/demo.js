// The public demo: news of the visit, a key of one's own, one small run.

import { element, sentence } from "../shared/dom.js";
import { errorCount, Utterance } from "../runs/evaluate.js";

const VISIT = "/api/visit";
const RUN = `${VISIT}/run`;
const NEWS_MS = 4_000;
const RUN_NEWS_MS = 1_000;
const OVER = ["complete", "stopped", "failed"];

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
    try {
      const response = await fetch(VISIT);
      if (response.ok) this.#show(await response.json());
      else this.#say(await sentence(response));
    } catch {
      this.#say("The server does not answer.");
    }
    setTimeout(() => this.#follow(), NEWS_MS);
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
    await this.#tell("POST", { key });
  }

  async #tell(method, body) {
    const response = await ask(method, `${VISIT}/key`, body);
    if (response.ok) this.#show(await (await fetch(VISIT)).json());
    else this.#say(await sentence(response));
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
    this.#stop.addEventListener("click", () => ask("DELETE", RUN));
    this.#fill();
  }

  async #fill() {
    const { prompts } = await (await fetch("/api/workbench")).json();
    const { prompt } = this.#form.elements;
    prompt.replaceChildren(...prompts.map((choice) => element("option", choice)));
    prompt.value = prompts.find(({ value }) => value.startsWith("transcribe@"))?.value ?? prompts[0].value;
    this.#begin.disabled = false;
  }

  async #start(event) {
    event.preventDefault();
    const { clips, prompt } = this.#form.elements;
    const response = await ask("POST", RUN, { prompt: prompt.value, n_clips: Number(clips.value) });
    if (!response.ok) return (this.#state.textContent = await sentence(response));
    this.#clear();
    this.#follow();
  }

  #clear() {
    this.#rates.replaceChildren();
    this.#table.hidden = true;
    this.#utterance.clear();
  }

  async #follow() {
    const response = await fetch(RUN);
    const news = response.ok ? await response.json() : { state: "failed", message: await sentence(response) };
    const isOver = OVER.includes(news.state);
    this.#state.textContent = news.message;
    this.#begin.disabled = !isOver;
    this.#stop.disabled = isOver;
    if (!isOver) setTimeout(() => this.#follow(), RUN_NEWS_MS);
    else if (news.rows?.length) this.#show(news);
  }

  #show({ rates, rows }) {
    const pairs = rates.map(([name, value, hint]) => [element("dt", { textContent: name, title: hint }), element("dd", { textContent: value })]);
    this.#rates.replaceChildren(...pairs.flat());
    this.#table.tBodies[0].replaceChildren(...rows.map((row, number) => this.#row(row, number)));
    this.#table.hidden = false;
  }

  #row(row, number) {
    const cells = [row.verdict, errorCount(row), row.said, row.heard];
    const button = element("button", { type: "button", textContent: row.utterance_id });
    button.addEventListener("click", () => this.#utterance.show(`${RUN}/attempts/${number}`));
    return element("tr", {}, element("td", {}, button), ...cells.map((text) => element("td", { textContent: text })));
  }
}

function ask(method, path, body) {
  const headers = body ? { "content-type": "application/json" } : {};
  return fetch(path, { method, headers, body: body && JSON.stringify(body) });
}
