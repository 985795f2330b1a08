// The Live tab: the visitor's controls, one lesson at a time.

import { Board } from "../shared/board.js";
import { Connection } from "./connection.js";
import { Countdown } from "../shared/countdown.js";
import { element, named, offerPrompts, options, within } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { drawLevel, listMicrophones, MICROPHONE_LOST, microphoneProblem, Outgoing } from "../shared/sound.js";

const IDLE = "Idle. Press Start and speak, or play a sample.";
const AFTER_SAMPLE_MS = 700; // silence beyond the patience, so that the turn surely ends

export class Live {
  #ui;
  #board;
  #countdown;
  /** @type {Outgoing | null} */
  #outgoing = null;
  /** @type {Connection | null} */
  #connection = null;
  #muted = false;
  #held = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#ui = named(root, "live-");
    this.#board = new Board(this.#ui.board, this.#ui.empty, (...choice) => this.#correct(...choice));
    this.#countdown = new Countdown(this.#ui.left);
    this.#ui.settings.open = window.matchMedia("(min-width: 761px)").matches;
    this.#listen();
    this.#waitForEngine();
    listMicrophones(this.#ui.microphone);
  }

  #listen() {
    const ui = this.#ui;
    ui.start.addEventListener("click", () => (this.#connection ? this.stop() : this.#start(true)));
    ui.mute.addEventListener("click", () => this.#mute(!this.#muted));
    ui.play.addEventListener("click", () => this.#playSample());
    ui.say.addEventListener("submit", (/** @type {Event} */ event) => this.#say(event));
    ui.patience.addEventListener("input", () => this.#onPatience());
    ui.patience.addEventListener("change", () => this.#change({ patience_ms: Number(ui.patience.value) }));
    ui.microphone.addEventListener("change", () => this.#pickMicrophone());
    navigator.mediaDevices?.addEventListener("devicechange", () => listMicrophones(this.#ui.microphone));
    ui.hold.addEventListener("pointerdown", () => this.#hold(true));
    for (const end of ["pointerup", "pointercancel", "blur"]) {
      window.addEventListener(end, () => this.#hold(false));
    }
    document.addEventListener("keydown", (event) => this.#onSpace(event, true));
    document.addEventListener("keydown", (event) => this.#onDigit(event));
    document.addEventListener("keyup", (event) => this.#onSpace(event, false));
    window.addEventListener("workbench:teach", (event) => this.#offer(/** @type {CustomEvent} */ (event).detail));
    window.addEventListener("pagehide", () => this.#connection?.close());
  }

  /**
   * Begin a lesson; gives whether it runs. A stop in the meantime wins.
   *
   * @param {boolean} withMicrophone
   */
  async #start(withMicrophone) {
    this.#board.clear();
    this.#ui.latency.textContent = this.#ui.detour.textContent = "";
    this.#show("connecting", "Connecting …");
    const outgoing = new Outgoing();
    const connection = new Connection(this.#ui.loudspeaker, this.#listeners());
    const isCurrent = () => this.#connection === connection;
    this.#outgoing = outgoing;
    this.#connection = connection;
    this.#enable();
    if (withMicrophone) this.#ui.hold.focus(); // so that the space bar does not press Stop
    try {
      await outgoing.wake();
      if (withMicrophone) await this.#openMicrophone(outgoing);
      if (isCurrent()) await connection.open(this.#settings(), outgoing);
    } catch (error) {
      if (isCurrent()) this.#ended("refused", reason(error));
    }
    if (!isCurrent()) {
      connection.close();
      outgoing.close();
    } else if (this.#held) await this.#change({ held: true });
    return isCurrent();
  }

  /** @returns {import("./connection.js").Listeners} */
  #listeners() {
    return {
      begun: ({ engine, limit_sec }) => this.#showBegun(engine, limit_sec),
      status: ({ state, message }) => this.#show(state, message),
      transcript: (transcript) => this.#board.show(transcript),
      latency: (latency) => this.#showLatency(latency),
      ended: ({ state, message }) => this.#ended(state, message),
      detour: ({ message }) => (this.#ui.detour.textContent = message),
      lost: ({ message }) => this.#ended("lost", message),
    };
  }

  stop() {
    this.#ended("idle", IDLE);
  }

  /** @param {string} state @param {string} message */
  #ended(state, message) {
    this.#connection?.close();
    this.#connection = null;
    this.#outgoing?.close();
    this.#outgoing = null;
    this.#held = false;
    this.#countdown.stop();
    this.#showProblem("");
    this.#enable();
    this.#show(state, message);
  }

  /** @param {string} engine @param {number} limitSec */
  #showBegun(engine, limitSec) {
    this.#ui.engine.textContent = engine;
    this.#ui.play.disabled = false;
    this.#countdown.start(limitSec);
  }

  /** @param {Outgoing} outgoing */
  async #openMicrophone(outgoing) {
    const lost = () => this.#outgoing === outgoing && this.#showProblem(MICROPHONE_LOST);
    await outgoing.useMicrophone(this.#ui.microphone.value, lost);
    this.#showProblem("");
    outgoing.setTalking(!this.#muted);
    await listMicrophones(this.#ui.microphone);
  }

  async #pickMicrophone() {
    if (!this.#outgoing) return;
    try {
      await this.#openMicrophone(this.#outgoing);
    } catch (error) {
      this.#showProblem(reason(error));
    }
  }

  async #playSample() {
    if (!this.#connection && !(await this.#start(false))) return;
    const outgoing = this.#outgoing;
    if (!outgoing) return;
    this.#ui.play.disabled = true;
    try {
      const pauseMs = Number(this.#ui.patience.value) + AFTER_SAMPLE_MS;
      await outgoing.play(this.#ui.sample.value, pauseMs);
    } catch (error) {
      if (this.#outgoing === outgoing) this.#note(reason(error));
    }
    this.#ui.play.disabled = false;
  }

  /** @param {Event} event */
  async #say(event) {
    event.preventDefault();
    const field = this.#ui.say.elements.text;
    const text = field.value.trim();
    if (!text || (!this.#connection && !(await this.#start(false)))) return;
    field.value = "";
    try {
      await this.#connection?.say(text);
    } catch (error) {
      field.value ||= text; // to be sent again
      this.#note(reason(error));
    }
  }

  /** @param {boolean} muted */
  #mute(muted) {
    this.#muted = muted;
    this.#ui.mute.setAttribute("aria-pressed", muted);
    this.#ui.mute.textContent = muted ? "Unmute" : "Mute";
    this.#outgoing?.setTalking(!muted || this.#held);
  }

  /** @param {KeyboardEvent} event @param {boolean} down */
  #onSpace(event, down) {
    if (event.code !== "Space" || !this.#connection) return;
    if (within(event, "input, textarea, select, button:not(#live-hold), summary, a")) return;
    event.preventDefault();
    if (!event.repeat) this.#hold(down);
  }

  /** @param {KeyboardEvent} event */
  #onDigit(event) {
    if (!this.#connection || !/^[1-9]$/.test(event.key) || within(event, "input, textarea, select")) return;
    this.#board.press(Number(event.key));
  }

  /** @param {string} segmentId @param {number} formulaNumber @param {string} latex */
  async #correct(segmentId, formulaNumber, latex) {
    const connection = this.#connection;
    if (!connection?.isOpen) return this.#note("The lesson is over. Start again to correct a formula.");
    await this.#attempt(() => connection.correct(segmentId, formulaNumber, latex));
  }

  /**
   * Put a turn into the dataset that the settings name; gives what the button then says.
   *
   * @param {string} segmentId
   */
  async #keepTurn(segmentId) {
    if (!this.#connection?.isOpen) return this.#note("The lesson is over, and the sound of its turns is gone.");
    try {
      const { dataset } = await this.#connection.keep(segmentId, this.#ui.dataset.value.trim());
      return `Kept in ${dataset}`;
    } catch (error) {
      return this.#note(reason(error));
    }
  }

  /** @param {boolean} held */
  async #hold(held) {
    if (!this.#connection || held === this.#held) return;
    this.#held = held;
    this.#ui.hold.classList.toggle("wb-held", held);
    this.#outgoing?.setTalking(held || !this.#muted);
    await this.#change({ held });
  }

  /** @param {Wire.Change} settings */
  async #change(settings) {
    const connection = this.#connection;
    if (connection?.isOpen) await this.#attempt(() => connection.change(settings));
  }

  /** @param {() => unknown} act */
  async #attempt(act) {
    try {
      await act();
    } catch (error) {
      this.#note(reason(error));
    }
  }

  /**
   * Take a prompt from another tab; a lesson that runs goes on with its own.
   *
   * @param {Wire.Choice} choice
   */
  #offer(choice) {
    const { prompt } = this.#ui;
    if (this.#connection) return this.#note("A lesson runs with another prompt. Stop it, then try yours again.");
    if (![...prompt.options].some(({ value }) => value === choice.value)) prompt.append(element("option", choice));
    prompt.value = choice.value;
    prompt.dispatchEvent(new Event("change"));
    this.#note(`Ready with ${choice.value}. Press Start and speak.`);
  }

  /** @returns {Wire.NewLesson} */
  #settings() {
    const { prompt, model, patience } = this.#ui;
    return { prompt: prompt.value, model: model.value, patience_ms: Number(patience.value) };
  }

  #enable() {
    const live = this.#connection !== null;
    const ui = this.#ui;
    ui.start.textContent = live ? "Stop" : "Start";
    ui.start.classList.toggle("wb-stop", live);
    ui.mute.disabled = ui.hold.disabled = !live;
    ui.prompt.disabled = ui.model.disabled = live;
    ui.play.disabled = live && !this.#connection?.isOpen; // nobody would hear it yet
    ui.hold.classList.remove("wb-held");
    if (live) this.#drawLevel();
  }

  #drawLevel() {
    drawLevel(this.#ui.meter, this.#outgoing?.level() ?? 0);
    if (this.#connection) requestAnimationFrame(() => this.#drawLevel());
  }

  /**
   * What is wrong with the microphone stays, whatever the tutor does meanwhile.
   *
   * @param {string} message
   */
  #showProblem(message) {
    this.#ui.problem.textContent = message;
  }

  /** @param {string} state @param {string} message */
  #show(state, message) {
    this.#ui.status.dataset.state = state;
    this.#note(message);
  }

  /** @param {string} message */
  #note(message) {
    this.#ui.status.textContent = message;
  }

  /** A prompt's own pause is taken as it is; moved by hand, the slider keeps to its steps. */
  #onPatience() {
    const { patience, prompt } = this.#ui;
    const { min, value, dataset } = patience;
    if (value !== prompt.selectedOptions[0]?.dataset.patience) {
      patience.value = Number(min) + Math.round((value - min) / dataset.step) * dataset.step;
    }
    this.#showPatience();
  }

  #showPatience() {
    const seconds = this.#ui.patience.value / 1000;
    this.#ui["patience-value"].textContent = `${seconds.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 3 })} s`;
  }

  /** @param {Wire.PatienceView} patience */
  #offerPatience({ minimum, maximum, step, value }) {
    const { patience } = this.#ui;
    Object.assign(patience, { min: minimum, max: maximum, value });
    patience.dataset.step = step;
    this.#showPatience();
  }

  /** @param {Wire.LatencyView} latency */
  #showLatency({ formula_ms, first_audio_ms }) {
    const parts = [];
    if (formula_ms != null) parts.push(`formula ${formula_ms} ms`);
    if (first_audio_ms != null) parts.push(`tutor's voice ${first_audio_ms} ms`);
    this.#ui.latency.textContent = parts.length ? `after your turn: ${parts.join(", ")}` : "";
  }

  async #waitForEngine() {
    try {
      this.#showEngine(await request("GET", "/api/workbench"));
    } catch (error) {
      this.#show(error.status ? "refused" : "lost", error.message);
      if (!error.status) this.#askAgain();
    }
  }

  #askAgain() {
    setTimeout(() => this.#waitForEngine(), 700);
  }

  /** @param {Wire.AboutView} workbench */
  #showEngine(workbench) {
    if (!this.#ui.prompt.options.length) this.#fill(workbench);
    const starting = workbench.engine.state === "starting";
    for (const button of [this.#ui.start, this.#ui.play, this.#ui.send]) {
      button.disabled = workbench.engine.state !== "ready";
    }
    this.#ui.engine.textContent = workbench.engine.name;
    if (starting) {
      this.#show("starting", workbench.engine.message);
      this.#askAgain();
    } else if (workbench.engine.state === "failed") this.#show("refused", workbench.engine.message);
    else this.#show("idle", IDLE);
  }

  /** @param {Wire.AboutView} about */
  #fill({ prompts, models, samples, patience, defaults, keeps_turns }) {
    this.#ui.keeping.hidden = !keeps_turns;
    if (keeps_turns) this.#board.keepWith((segmentId) => this.#keepTurn(segmentId));
    this.#offerPatience(patience);
    offerPrompts(this.#ui.prompt, prompts, this.#ui);
    this.#ui.model.replaceChildren(...options(models));
    this.#ui.sample.replaceChildren(...options(samples));
    this.#ui.prompt.value = defaults.prompt;
    this.#ui.model.value = defaults.model;
    this.#ui["model-note"].textContent = defaults.note;
    this.#ui.prompt.dispatchEvent(new Event("change")); // the first one may bring settings along, too
  }
}

/** @param {Error} error */
function reason(error) {
  return microphoneProblem(error, "play a sample") ?? error.message;
}
