// The editor's fields as one value, in the shape that the server takes.

import { element } from "../shared/dom.js";
import { settingControl } from "./setting_controls.js";
import { setsAnything } from "./values.js";

export class Fields {
  #ui;
  #kept = { description: "", parent: "" };
  /** @type {Map<string, import("./setting_controls.js").Control>} */
  #controls = new Map(); // of the settings, by name
  /** @type {string[]} */
  #vocabularyModels = [];
  #defaultModel = "";

  /** @param {Ui} ui */
  constructor(ui) {
    this.#ui = ui;
    ui.fields.addEventListener("input", () => this.#showNotes());
  }

  /**
   * Show a control for each setting there is, once: what is chosen stays.
   *
   * @param {Wire.PromptsView} about
   */
  fill({ settings, vocabulary_models, default_model }) {
    this.#vocabularyModels = vocabulary_models;
    this.#defaultModel = default_model;
    for (const field of settings) if (!this.#controls.has(field.name)) this.#add(field);
    this.#showNotes();
  }

  /** @returns {Wire.PromptText} */
  get value() {
    const ui = this.#ui;
    return {
      name: ui.name.value.trim(),
      description: this.#kept.description,
      parent: this.#kept.parent,
      instructions: ui.instructions.value,
      settings: this.#settings,
    };
  }

  /** @returns {Wire.PromptSettings} */
  get #settings() {
    const read = Object.fromEntries([...this.#controls].map(([name, control]) => [name, control.read()]));
    return /** @type {Wire.PromptSettings} */ (/** @type {unknown} */ (read)); // a control for each
  }

  /** @param {Wire.PromptText} edited */
  set value({ name, description, parent, instructions, settings }) {
    const ui = this.#ui;
    this.#kept = { description, parent };
    ui.name.value = name;
    ui.instructions.value = instructions;
    for (const [setting, control] of this.#controls) control.write(settings[/** @type {keyof Wire.PromptSettings} */ (setting)]);
    ui.settings.open = setsAnything(settings);
    this.#showNotes();
  }

  /** @param {Wire.SettingField} field */
  #add(field) {
    const control = settingControl(field);
    this.#controls.set(field.name, control);
    const label = element("label", { className: "wb-label", htmlFor: control.node.id, textContent: field.label });
    const isLong = field.kind === "words" || field.kind === "text";
    this.#ui.fields.append(element("div", { className: isLong ? "pr-wide" : "" }, label, control.node));
  }

  #showNotes() {
    const model = this.#controls.get("model")?.read() ?? this.#defaultModel;
    const isTaken = !this.#controls.get("vocabulary")?.read().length || this.#vocabularyModels.includes(model);
    this.#ui["vocabulary-note"].textContent = isTaken ? "" : `${model} takes no vocabulary: these words are not sent to it.`;
  }
}
