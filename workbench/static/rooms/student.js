// The student's page: one lesson, entered by the code in its address.

import { Board } from "../shared/board.js";
import { Classroom } from "./classroom.js";
import { named } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { drawLevel, LevelMeter, listMicrophones, MICROPHONE_LOST, microphoneProblem, needMicrophones } from "../shared/sound.js";

/** @type {Record<string, string>} */
const SPEAKERS = { student: "You", tutor: "Tutor", other: "Another student" };
/** @type {Record<string, string>} */
const TUTOR_STATES = {
  initializing: "The tutor is coming …",
  listening: "The tutor is listening.",
  thinking: "The tutor is thinking …",
  speaking: "The tutor is speaking.",
};
/** @type {Record<string, string>} */
const SOURCES = {
  model: "written by the tutor",
  delimiters: "in the tutor's text",
  spoken: "read from the words",
};
const NO_LINK = "Open this page by the link that your teacher gave you.";
const MAX_LATEX = { characters: 4_000, expansions: 1_000, markup: 400_000 };

class StudentPage {
  #ui;
  #board;
  /** @type {Classroom | null} */
  #classroom = null;
  /** @type {AudioContext | null} */
  #sound = null;
  /** @type {LevelMeter | null} */
  #meter = null;
  #muted = false;

  /** @param {Document} root */
  constructor(root) {
    this.#ui = named(root, "student-");
    this.#board = new Board(this.#ui.board, this.#ui.empty, undefined, SPEAKERS);
    const ui = this.#ui;
    ui.join.addEventListener("click", () => (this.#classroom ? this.#classroom.leave() : this.#join()));
    ui.mute.addEventListener("click", () => this.#mute(!this.#muted));
    ui.say.addEventListener("submit", (/** @type {Event} */ event) => this.#say(event));
    ui.microphone.addEventListener("change", () => this.#openMicrophone());
    navigator.mediaDevices?.addEventListener("devicechange", () => listMicrophones(ui.microphone));
    listMicrophones(ui.microphone);
    if (code()) this.#show("idle", "Press Join, and allow the microphone.");
    else this.#show("refused", NO_LINK);
    ui.join.disabled = !code();
    ui.join.focus();
  }

  async #join() {
    this.#show("connecting", "Joining …");
    this.#ui.join.disabled = true;
    try {
      this.#sound = new AudioContext();
      this.#meter = new LevelMeter(this.#sound);
      const entry = await trade(code() ?? "");
      const classroom = new Classroom(this.#ui.loudspeaker, this.#listeners());
      await classroom.join(entry);
      this.#classroom = classroom;
      this.#enable(true);
      await this.#openMicrophone();
    } catch (error) {
      this.#ended("refused", reason(error));
    }
  }

  /** @returns {import("./classroom.js").Listeners} */
  #listeners() {
    return {
      transcript: (transcript) => this.#board.show(view(transcript)),
      tutor: (state) => this.#showTutor(state),
      reconnecting: () => this.#show("reconnecting", "The connection was interrupted. Reconnecting …"),
      reconnected: () => this.#show("listening", "You are connected again."),
      ended: (message) => this.#classroom && this.#ended("lost", message),
    };
  }

  async #openMicrophone() {
    if (!this.#classroom) return;
    try {
      needMicrophones();
      const track = await this.#classroom.openMicrophone(this.#ui.microphone.value);
      track?.addEventListener("ended", () => this.#classroom && this.#showProblem(MICROPHONE_LOST));
      if (track) this.#meter?.follow(track);
      await this.#classroom.mute(this.#muted);
      this.#showProblem("");
    } catch (error) {
      this.#showProblem(reason(error));
    }
    await listMicrophones(this.#ui.microphone);
  }

  /** @param {Event} event */
  async #say(event) {
    event.preventDefault();
    const field = this.#ui.say.elements.text;
    const text = field.value.trim();
    if (!text || !this.#classroom) return;
    field.value = "";
    try {
      await this.#classroom.say(text);
    } catch {
      field.value = text;
      this.#show("reconnecting", "The question did not get through. Send it again.");
    }
  }

  /** @param {boolean} muted */
  async #mute(muted) {
    this.#muted = muted;
    this.#ui.mute.setAttribute("aria-pressed", muted);
    this.#ui.mute.textContent = muted ? "Unmute" : "Mute";
    await this.#classroom?.mute(muted);
  }

  /** @param {string | null} state */
  #showTutor(state) {
    if (state === null) this.#show("connecting", "Waiting for the tutor …");
    else this.#show(state, TUTOR_STATES[state] ?? TUTOR_STATES.initializing);
  }

  /** @param {string} state @param {string} message */
  #ended(state, message) {
    this.#classroom = null;
    this.#showProblem("");
    this.#sound?.close();
    this.#enable(false);
    this.#show(state, message);
  }

  /** @param {boolean} inside */
  #enable(inside) {
    const ui = this.#ui;
    ui.mute.disabled = ui.send.disabled = !inside;
    ui.join.disabled = !inside && !code();
    ui.join.textContent = inside ? "Leave" : "Join";
    ui.join.classList.toggle("wb-stop", inside);
    if (inside) this.#drawLevel();
  }

  #drawLevel() {
    drawLevel(this.#ui.meter, (this.#classroom && this.#meter?.level()) ?? 0);
    if (this.#classroom) requestAnimationFrame(() => this.#drawLevel());
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
    this.#ui.status.textContent = message;
  }
}

/** The code in the page's address, until it was used. */
function code() {
  return new URLSearchParams(location.search).get("code");
}

/**
 * A code is good once: it leaves the address with the answer.
 *
 * @param {string} code
 * @returns {Promise<Wire.JoinPass>}
 */
async function trade(code) {
  let isAnswered = true;
  try {
    return await request("POST", "/student/join", { json: /** @satisfies {Wire.Join} */ ({ code }) });
  } catch (error) {
    isAnswered = error.status > 0;
    throw error;
  } finally {
    if (isAnswered) history.replaceState(null, "", location.pathname);
  }
}

/** @param {import("./classroom.js").Said} said @returns {ShownTranscript} */
function view({ latex, source, ...transcript }) {
  const provisional = source === "spoken" && !transcript.is_final;
  const formulas = latex.map((each) => ({
    latex: each,
    mathml: mathml(each),
    label: SOURCES[source] ?? SOURCES.model,
    provisional,
    alternatives: [],
  }));
  return { ...transcript, formulas };
}

/**
 * As the workbench's own pages have it typeset on the server, by the same KaTeX.
 *
 * @param {string} latex
 * @returns {string | null}
 */
function mathml(latex) {
  if (latex.length > MAX_LATEX.characters) return null;
  const [[readable, markup]] = window.typeset([latex], true, MAX_LATEX.expansions, MAX_LATEX.markup);
  return readable ? markup : null;
}

/** @param {Error} error */
function reason(error) {
  return microphoneProblem(error, "type your question") ?? error.message;
}

new StudentPage(document);
