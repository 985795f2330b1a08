// The Room tab: a LiveKit server's rooms, and being in one of them.

import { Board } from "../shared/board.js";
import { element, named, offerPrompts, options } from "../shared/dom.js";
import { request } from "../shared/requests.js";
import { ask, Visit } from "./visit.js";

const SPEAKERS = { student: "Student", tutor: "Tutor" };
const NOWHERE = "No room";

export class Rooms {
  #ui;
  #board;
  /** @type {Visit | null} */
  #visit = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#ui = named(root, "room-");
    this.#board = new Board(this.#ui.board, this.#ui.empty, undefined, SPEAKERS);
    this.#listen();
    this.#load();
  }

  #listen() {
    const ui = this.#ui;
    ui.by.addEventListener("change", () => this.#showFields());
    ui.list.addEventListener("click", () => this.#attempt(ui.list, () => this.#list()));
    ui.teach.addEventListener("click", () => this.#attempt(ui.teach, () => this.#begin("lessons", this.#withTutor())));
    ui.watch.addEventListener("click", () => this.#attempt(ui.watch, () => this.#begin("watches", this.#inRoom())));
    ui.dispatch.addEventListener("click", () => this.#attempt(ui.dispatch, () => this.#dispatch()));
    ui.student.addEventListener("click", () => this.#attempt(ui.student, () => this.#beStudent(ui.frame.hidden)));
    ui.invite.addEventListener("click", () => this.#attempt(ui.invite, () => this.#invite()));
    ui.copy.addEventListener("click", () => this.#copy());
    window.addEventListener("pagehide", () => this.#visit?.leave());
  }

  async #load() {
    try {
      this.#fill(await request("GET", "/api/workbench"));
    } catch (error) {
      this.#show("refused", error.message);
    }
  }

  /** @param {Wire.AboutView} about */
  #fill({ livekit, prompts, models, defaults }) {
    offerPrompts(this.#ui.prompt, prompts, this.#ui);
    this.#ui.model.replaceChildren(...options(models));
    this.#ui.prompt.value = defaults.prompt;
    this.#ui.model.value = defaults.model;
    this.#ui.prompt.dispatchEvent(new Event("change")); // the first one may bring a model along, too
    const [environment] = this.#ui.by.options;
    environment.textContent = livekit ? `From the environment: ${livekit}` : "From the environment (LIVEKIT_URL is not set)";
    if (!livekit) this.#ui.by.value = "key";
    this.#showFields();
  }

  #showFields() {
    const by = this.#ui.by.value;
    this.#ui.typed.hidden = by === "environment";
    this.#ui["by-key"].hidden = by !== "key";
    this.#ui["by-token"].hidden = by !== "token";
    for (const name of ["list", "dispatch", "name"]) this.#ui[name].disabled = by === "token";
  }

  /** @returns {Wire.OnServer["entry"]} */
  #entry() {
    const { by, url, key, secret, token } = this.#ui;
    if (by.value === "key") return { by: "key", url: url.value, api_key: key.value, api_secret: secret.value };
    if (by.value === "token") return { by: "token", url: url.value, token: token.value };
    return { by: "environment" };
  }

  /** @returns {Wire.InRoom} */
  #inRoom() {
    return { entry: this.#entry(), room: this.#ui.name.value.trim() };
  }

  /** @returns {Wire.WithTutor} */
  #withTutor() {
    const { prompt, model, problem } = this.#ui;
    return { ...this.#inRoom(), prompt: prompt.value, model: model.value, problem: problem.value };
  }

  async #list() {
    /** @type {Wire.RoomListing[]} */
    const rooms = await ask("rooms", { entry: this.#entry() });
    this.#ui.rooms.replaceChildren(...rooms.map((room) => this.#roomItem(room)));
    this.#tell(rooms.length ? "Choose a room." : "There is no room yet: the first participant who joins creates one.");
  }

  /** @param {Wire.RoomListing} room */
  #roomItem({ name, people }) {
    const choose = element("button", { type: "button", className: "wb-button wb-room", textContent: name });
    choose.addEventListener("click", () => {
      this.#ui.name.value = name;
      this.#tell(`Room ${name}.`);
    });
    const who = people.map(({ identity, role }) => `${role} ${identity}`).join(", ");
    return element("li", {}, choose, element("span", { className: "wb-hint", textContent: who || "nobody" }));
  }

  /**
   * Begin a visit, or end the one that goes on.
   *
   * @param {"lessons" | "watches"} kind
   * @param {Wire.InRoom | Wire.WithTutor} wanted
   */
  async #begin(kind, wanted) {
    if (this.#visit) return this.#visit.leave();
    this.#board.clear();
    this.#show("connecting", "Joining …");
    const visit = new Visit({
      inside: (message) => {
        this.#ui.where.textContent = message;
        this.#show("listening", message);
      },
      transcript: (transcript) => this.#board.show(transcript),
      ended: (message) => this.#ended(message),
    });
    await visit.begin(kind, wanted);
    this.#visit = visit;
    const button = kind === "lessons" ? this.#ui.teach : this.#ui.watch;
    for (const other of [this.#ui.teach, this.#ui.watch]) other.disabled = other !== button;
    button.textContent = "Leave";
    button.classList.add("wb-stop");
  }

  /** @param {string} message */
  #ended(message) {
    this.#visit = null;
    this.#ui.teach.textContent = "Join as tutor";
    this.#ui.watch.textContent = "Watch";
    for (const button of [this.#ui.teach, this.#ui.watch]) button.classList.remove("wb-stop");
    this.#ui.teach.disabled = this.#ui.watch.disabled = false;
    this.#ui.where.textContent = NOWHERE;
    this.#show("lost", message);
  }

  async #dispatch() {
    this.#show("connecting", "Asking for a tutor …");
    /** @type {Wire.Message} */
    const { message } = await ask("dispatches", this.#withTutor());
    this.#tell(message);
  }

  /** @param {boolean} wanted */
  async #beStudent(wanted) {
    const { frame, student } = this.#ui;
    frame.src = wanted ? await this.#link() : "about:blank"; // which leaves the room
    frame.hidden = !wanted;
    student.classList.toggle("wb-stop", wanted);
    student.textContent = wanted ? "Leave as student" : "Join as student";
  }

  async #link() {
    /** @type {Wire.JoinLink} */
    const { path } = await ask("links", this.#inRoom());
    return path;
  }

  async #invite() {
    const path = await this.#link();
    this.#ui.link.value = new URL(path, location.href).href;
    this.#ui.invitation.hidden = false;
    this.#ui.copy.textContent = "Copy";
    this.#tell("The link is good once, for ten minutes.");
  }

  async #copy() {
    this.#ui.link.select();
    await navigator.clipboard.writeText(this.#ui.link.value);
    this.#ui.copy.textContent = "Copied";
  }

  /** @param {HTMLButtonElement} button @param {() => unknown} action */
  async #attempt(button, action) {
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      this.#show("refused", error.message);
    }
    button.disabled = false;
  }

  /**
   * Say something that changes nothing: whoever is in a room stays there.
   *
   * @param {string} message
   */
  #tell(message) {
    this.#show(this.#visit ? "listening" : "idle", message);
  }

  /** @param {string} state @param {string} message */
  #show(state, message) {
    this.#ui.status.dataset.state = state;
    this.#ui.status.textContent = message;
  }
}
