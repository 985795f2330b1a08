// A new utterance, recorded here: what to say, how loud it is, again until it is good.

import { reading } from "./table.js";
import { element } from "../shared/dom.js";
import { MicrophoneRecorder, wavOf } from "./microphone_recorder.js";
import { request } from "../shared/requests.js";
import { drawLevel } from "../shared/sound.js";

const TYPING_MS = 200;
const MAX_SEC = 115; // the server takes two minutes

export class DatasetRecorder {
  #ui;
  #dataset;
  #kept;
  /** @type {MicrophoneRecorder | null} */
  #recorder = null;
  /** @type {Int16Array<ArrayBuffer> | null} */
  #taken = null;
  #timer = 0;
  #nAsked = 0;

  /**
   * `dataset()` gives where to put it, or throws; `kept` is called when it is there.
   *
   * @param {Ui} ui
   * @param {{ dataset: () => string, kept: () => unknown }} callbacks
   */
  constructor(ui, { dataset, kept }) {
    this.#ui = ui;
    this.#dataset = dataset;
    this.#kept = kept;
    for (const field of [ui.say, ui.mean]) {
      field.addEventListener("input", () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#attempt(() => this.#cue()), TYPING_MS);
      });
    }
    ui.take.addEventListener("click", () => this.#attempt(() => (this.#recorder ? this.#stop() : this.#begin())));
    ui.keep.addEventListener("click", () => this.#attempt(() => this.#keep()));
    ui.record.addEventListener("toggle", () => !ui.record.open && this.#recorder && this.#attempt(() => this.#stop()));
  }

  /** @returns {Wire.Gold} */
  get #gold() {
    const latex = this.#ui.mean.value.trim();
    return { transcript: this.#ui.say.value.trim(), latex: latex ? [latex] : [] };
  }

  /** What to say, large, with the formula that it means. */
  async #cue() {
    clearTimeout(this.#timer);
    const asked = ++this.#nAsked;
    const gold = this.#gold;
    this.#ui.cue.hidden = !gold.transcript && !gold.latex.length;
    /** @type {Wire.GoldPreview} */
    const { readings, problems } = await request("POST", "/api/datasets/preview", { json: gold });
    if (asked !== this.#nAsked) return problems; // somebody has typed on, or begun to record
    this.#ui.cue.replaceChildren(
      element("p", { textContent: gold.transcript ? `“${gold.transcript}”` : "" }),
      ...readings.map((pieces) => element("p", {}, reading(pieces))),
    );
    this.#tell(problems.join(" "), problems.length > 0);
    return problems;
  }

  async #begin() {
    this.#dataset();
    if (!this.#gold.transcript) throw new Error("Write the words to say first.");
    if ((await this.#cue()).length) return;
    this.#forget();
    this.#recorder = await MicrophoneRecorder.begin(() => this.#attempt(() => this.#lost()));
    this.#ui.take.textContent = "Stop";
    this.#tell("Recording. Say it, then press Stop.");
    this.#draw();
  }

  async #stop() {
    const recorder = this.#recorder;
    if (!recorder) return;
    this.#recorder = null;
    const taken = await recorder.stop();
    this.#taken = taken;
    this.#ui.take.textContent = "Record again";
    this.#ui.taken.src = URL.createObjectURL(wavOf(taken));
    this.#ui.taken.hidden = false;
    this.#ui.keep.disabled = false;
    drawLevel(this.#ui.meter, 0);
    this.#tell("Listen to it, then keep it or record it again.");
  }

  async #lost() {
    await this.#stop();
    this.#tell("The microphone was lost while you spoke. What was recorded until then is here; plug it in and record again.", true);
  }

  async #keep() {
    const { transcript, latex } = this.#gold;
    const query = new URLSearchParams({ transcript });
    for (const each of latex) query.append("latex", each);
    const name = this.#dataset();
    /** @type {Wire.KeptRecording} */
    const { id } = await request("POST", `/api/datasets/${encodeURIComponent(name)}/recordings?${query}`, { body: this.#taken ?? undefined });
    this.#forget();
    this.#ui.say.value = this.#ui.mean.value = "";
    this.#ui.cue.hidden = true;
    this.#ui.take.textContent = "Record";
    await this.#kept();
    this.#tell(`Kept as ${id} in ${name}.`);
    this.#ui.say.focus();
  }

  #forget() {
    this.#taken = null;
    URL.revokeObjectURL(this.#ui.taken.src);
    this.#ui.taken.removeAttribute("src");
    this.#ui.taken.hidden = true;
    this.#ui.keep.disabled = true;
  }

  #draw() {
    if (!this.#recorder) return;
    drawLevel(this.#ui.meter, this.#recorder.level());
    if (this.#recorder.seconds > MAX_SEC) this.#attempt(() => this.#stop());
    else requestAnimationFrame(() => this.#draw());
  }

  /** @param {() => unknown} act */
  async #attempt(act) {
    try {
      await act();
    } catch (error) {
      this.#tell(error.message, true);
    }
  }

  /** @param {string} message @param {boolean} [isProblem] */
  #tell(message, isProblem = false) {
    this.#ui["record-note"].textContent = message;
    this.#ui["record-note"].classList.toggle("wb-problem", isProblem);
  }
}
