// The edited prompt against others on a part of a dataset: plan, runs, verdicts.

import { checked, element } from "../shared/dom.js";
import { remember, unsaved } from "./drafts.js";
import { request } from "../shared/requests.js";

const FOLLOW_EVERY_MS = 1000;
const FOLLOWED = "comparison"; // under which the runs that are followed are remembered
const OVER = ["complete", "stopped", "failed", "gone"];

export class Comparing {
  #ui;
  #edited;
  #whenOver;
  /** @type {number | undefined} */
  #timer;
  /** @type {Wire.WantedTrial | null} */
  #planned = null;

  /**
   * `edited` gives the prompt as it stands; `whenOver` is called when new runs have scores.
   *
   * @param {Ui} ui
   * @param {() => Wire.PromptText} edited
   * @param {() => void} whenOver
   */
  constructor(ui, edited, whenOver) {
    this.#ui = ui;
    this.#edited = edited;
    this.#whenOver = whenOver;
    ui.part.addEventListener("change", () => this.#showPart());
    ui.plan.addEventListener("click", () => this.#attempt(ui.plan, () => this.#plan()));
    ui.start.addEventListener("click", () => this.#attempt(ui.start, () => this.#start()));
    ui.stop.addEventListener("click", () => this.#attempt(ui.stop, () => request("POST", "/api/trials/stop", { json: /** @satisfies {Wire.RunNames} */ ({ runs: unsaved(FOLLOWED) }) })));
    ui.compare.addEventListener("input", () => this.#forgetPlan());
    ui.dataset.addEventListener("change", () => this.#forgetPlan());
    ui.form.addEventListener("input", () => this.#forgetPlan());
    const runs = unsaved(FOLLOWED);
    if (runs?.length) this.#follow(runs);
  }

  /** @param {Wire.PromptsView} about @param {Wire.PromptView} [current] */
  show({ prompts, models }, current) {
    const { baseline, wrong, also } = this.#ui;
    const kept = prompts.filter(({ is_draft, reference }) => !is_draft || reference === current?.reference);
    offer(baseline, kept.map(({ reference }) => [reference, reference]));
    if (current && this.#shown !== current.reference) {
      const parent = prompts.find(({ hash, is_draft }) => hash === current.parent && !is_draft);
      baseline.value = (parent ?? current).reference;
      this.#shown = current.reference;
      this.#forgetPlan();
    }
    const runs = new Map(prompts.flatMap((prompt) => prompt.runs.map((run) => [run.id, `${prompt.reference}: ${runName(run)}`])));
    offer(wrong, runs.size ? [...runs].sort().reverse() : [["", "There is no run yet."]]);
    check(also, kept.map(({ reference }) => reference));
    check(this.#ui.models, models);
  }

  /** @type {string | null} */
  #shown = null;

  #showPart() {
    for (const field of this.#ui.compare.querySelectorAll("[data-part]")) field.hidden = field.dataset.part !== this.#ui.part.value;
  }

  /** @returns {Wire.WantedTrial} */
  #wanted() {
    const { baseline, dataset, part, sample, seed, wrong, epochs, also, models } = this.#ui;
    return {
      edited: this.#edited(),
      against: [...new Set([baseline.value, ...checked(also)])],
      models: checked(models),
      dataset: dataset.value,
      sample: part.value === "sample" ? Number(sample.value) || null : null,
      seed: Number(seed.value) || 0,
      wrong_in: part.value === "wrong" ? wrong.value : "",
      epochs: Number(epochs.value) || 1,
    };
  }

  async #plan() {
    if (this.#ui.part.value === "wrong" && !this.#ui.wrong.value) throw new Error("No run has mistakes yet. Choose a sample.");
    const wanted = this.#wanted();
    this.#tell("Planning …");
    /** @type {Wire.PlannedView} */
    const plan = await request("POST", "/api/trials/plan", { json: wanted });
    this.#planned = wanted;
    this.#ui.start.disabled = plan.runs.length < 2;
    this.#tell(plan.runs.length < 2 ? "The edited prompt equals the baseline: change it, or choose another baseline." : planText(plan), plan.runs.length < 2);
  }

  async #start() {
    /** @type {string[]} */
    const runs = await request("POST", "/api/trials", { json: this.#planned });
    remember(FOLLOWED, runs);
    this.#ui.verdicts.replaceChildren();
    this.#tell("Queued. The runs go on when you leave the page.");
    this.#follow(runs);
  }

  /** @param {string[]} runs */
  async #follow(runs) {
    clearTimeout(this.#timer);
    /** @type {Wire.TrialView} */
    let found;
    try {
      found = await request("GET", `/api/trials?${new URLSearchParams(runs.map((run) => ["runs", run]))}`);
    } catch (error) {
      return this.#tell(error.message, true);
    }
    const isOver = found.jobs.every(({ state }) => OVER.includes(state));
    this.#ui.jobs.replaceChildren(...found.jobs.map((job) => element("li", { textContent: jobText(job) })));
    this.#ui.stop.hidden = isOver;
    if (!isOver) {
      this.#timer = setTimeout(() => this.#follow(runs), FOLLOW_EVERY_MS);
      return;
    }
    this.#ui.verdicts.replaceChildren(...found.judged.map(verdictNode));
    this.#tell(found.judged.length ? "The comparison is complete." : "Not every run is complete: resume it in the Evaluate tab.", !found.judged.length);
    this.#whenOver();
  }

  /** A plan holds only for what it was made of. */
  #forgetPlan() {
    if (this.#planned) this.#tell("");
    this.#planned = null;
    this.#ui.start.disabled = true;
  }

  /** @param {HTMLButtonElement} button @param {() => unknown} action */
  async #attempt(button, action) {
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      this.#tell(error.message, true);
    }
    if (button !== this.#ui.start) button.disabled = false;
  }

  /** @param {string} message @param {boolean} [isProblem] */
  #tell(message, isProblem = false) {
    this.#ui["compare-status"].textContent = message;
    this.#ui["compare-status"].classList.toggle("wb-problem", isProblem);
  }
}

/**
 * A run in a few words.
 *
 * @param {Wire.PromptRun} run
 */
export function runName({ began, dataset, n_utterances, is_part, engine, model, status }) {
  const clips = `${n_utterances} ${is_part ? "chosen clips" : "clips"}`;
  const state = status === "complete" ? "" : `, ${status}`;
  return `${began.slice(0, 16).replace("T", " ")}, ${dataset}, ${clips}, ${engine === "embedded" ? "embedded engine" : model}${state}`;
}

/** @param {Wire.PlannedView} plan */
function planText({ runs, n_utterances, n_sessions, audio_sec, tokens_in, tokens_out, cost_usd, wall_clock_sec }) {
  const money = cost_usd === null ? "price unknown" : cost_usd ? `about $${cost_usd.toFixed(2)}` : "free";
  const tokens = `${(tokens_in + tokens_out).toLocaleString("en")} tokens`;
  return `${runs.length} runs of ${n_utterances} clips: ${n_sessions} sessions, ${(audio_sec / 60).toFixed(1)} min of sound, ${tokens}, ${money}, about ${clock(wall_clock_sec)}. ${runs.join("; ")}.`;
}

/** @param {Wire.JobView} job */
function jobText({ name, state, problem, done, total, no_answer: unanswered, failed, remaining_sec }) {
  const counts = total ? `, ${done} of ${total}${unanswered ? `, ${unanswered} without an answer` : ""}${failed ? `, ${failed} failed` : ""}` : "";
  const left = remaining_sec ? `, ${clock(remaining_sec)} left` : "";
  return `${name}: ${state}${counts}${left}${problem ? `. ${problem}` : ""}`;
}

/** @param {number} sec */
function clock(sec) {
  return sec < 100 ? `${Math.ceil(sec)} s` : `${Math.round(sec / 60)} min`;
}

/** @param {Wire.JudgedView} judged */
function verdictNode({ baseline, run, folders, verdict, note }) {
  const link = element("a", { href: `/?tab=compare&runs=${folders.map(encodeURIComponent).join(",")}`, target: "_blank", rel: "noopener", textContent: "Open in Compare" });
  return element(
    "section",
    { className: "pr-verdict" },
    element("h3", { textContent: `${run} against ${baseline}` }),
    element("p", { textContent: verdict }),
    ...(note ? [element("p", { className: "wb-hint", textContent: note })] : []),
    link,
  );
}

/** @param {HTMLSelectElement} picker @param {[string, string][]} choices */
function offer(picker, choices) {
  const chosen = picker.value;
  picker.replaceChildren(...choices.map(([value, textContent]) => element("option", { value, textContent })));
  if (choices.some(([value]) => value === chosen)) picker.value = chosen;
}

/** @param {HTMLElement} root @param {string[]} values */
function check(root, values) {
  const chosen = checked(root);
  root.replaceChildren(
    ...values.map((value) => element("label", { className: "pr-check" }, element("input", { type: "checkbox", value, checked: chosen.includes(value) }), ` ${value}`)),
  );
}

