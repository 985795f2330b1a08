// The editor's fields as one value, in the shape that the server takes.

import { element } from "../shared/dom.js";

const UNSET = "";

export class Fields {
  #ui;
  #kept = { description: "", parent: "" };
  /** @type {string[]} */
  #vocabularyModels = [];
  #defaultModel = "";

  /** @param {Ui} ui */
  constructor(ui) {
    this.#ui = ui;
    ui.model.addEventListener("change", () => this.#showNotes());
    ui.vocabulary.addEventListener("input", () => this.#showNotes());
  }

  /**
   * Offer the models and voices there are; what is chosen stays.
   *
   * @param {Wire.PromptsView} about
   */
  fill({ models, voices, vocabulary_models, defaults }) {
    this.#vocabularyModels = vocabulary_models;
    this.#defaultModel = defaults.model;
    offer(this.#ui.model, `not set (${defaults.model})`, models);
    offer(this.#ui.voice, `not set (${defaults.voice})`, voices);
    this.#ui.tool.placeholder = defaults.tool_description;
    this.#showNotes();
  }

  /** @returns {EditedPrompt} */
  get value() {
    const ui = this.#ui;
    return {
      name: ui.name.value.trim(),
      description: this.#kept.description,
      parent: this.#kept.parent,
      instructions: ui.instructions.value,
      settings: {
        model: ui.model.value || null,
        voice: ui.voice.value || null,
        temperature: number(ui.temperature),
        silence_ms: number(ui.silence),
        vocabulary: ui.vocabulary.value.split(",").map((/** @type {string} */ word) => word.trim()).filter(Boolean),
        tool_description: ui.tool.value.trim() || null,
      },
    };
  }

  /** @param {EditedPrompt} edited */
  set value({ name, description, parent, instructions, settings }) {
    const ui = this.#ui;
    this.#kept = { description, parent };
    ui.name.value = name;
    ui.instructions.value = instructions;
    choose(ui.model, settings.model);
    choose(ui.voice, settings.voice);
    ui.temperature.value = settings.temperature ?? "";
    ui.silence.value = settings.silence_ms ?? "";
    ui.vocabulary.value = settings.vocabulary.join(", ");
    ui.tool.value = settings.tool_description ?? "";
    ui.settings.open = Object.values(settings).some((value) => value !== null && !(Array.isArray(value) && !value.length));
    this.#showNotes();
  }

  /**
   * Whether two values say the same; white space around the instructions says nothing.
   *
   * @param {EditedPrompt} one
   * @param {EditedPrompt} other
   */
  same(one, other) {
    const plain = (/** @type {EditedPrompt} */ { name, instructions, settings }) => JSON.stringify([name, instructions.trim(), Object.entries(settings).sort()]);
    return plain(one) === plain(other);
  }

  #showNotes() {
    const model = this.#ui.model.value || this.#defaultModel;
    const isTaken = !this.#ui.vocabulary.value.trim() || this.#vocabularyModels.includes(model);
    this.#ui["vocabulary-note"].textContent = isTaken ? "" : `${model} takes no vocabulary: these words are not sent to it.`;
  }
}

/** @param {HTMLSelectElement} picker @param {string} unset @param {string[]} values */
function offer(picker, unset, values) {
  const chosen = picker.value;
  const options = values.map((value) => element("option", { value, textContent: value }));
  picker.replaceChildren(element("option", { value: UNSET, textContent: unset }), ...options);
  choose(picker, chosen);
}

/**
 * A value that is not offered any more is offered as it is, so that it is seen.
 *
 * @param {HTMLSelectElement} picker
 * @param {string | null} value
 */
function choose(picker, value) {
  if (value && ![...picker.options].some((option) => option.value === value)) {
    picker.append(element("option", { value, textContent: `${value} (unknown here)` }));
  }
  picker.value = value ?? UNSET;
}

/** @param {HTMLInputElement} field */
function number(field) {
  return field.value === "" ? null : Number(field.value);
}
