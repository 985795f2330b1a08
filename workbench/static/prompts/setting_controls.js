// One control for each kind of setting. Unset is null, or no words.

import { element } from "../shared/dom.js";
import { isOnStep, wordsOf } from "./values.js";

/** @typedef {{ node: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, read(): any, write(value: any): void }} Control */

/** @type {Record<string, (field: Wire.SettingField) => Control>} */
const CONTROLS = {
  number: ({ minimum, maximum, step, unset }) => {
    const node = element("input", { type: "number", min: minimum, max: maximum, placeholder: unset });
    // Any number within the bounds is valid; the step is only what an arrow key adds.
    const fit = () => (node.step = isOnStep(node.value, minimum ?? 0, step ?? 1) ? String(step) : "any");
    node.addEventListener("input", fit);
    return {
      node,
      read: () => (node.value === "" ? null : Number(node.value)),
      write: (value) => {
        node.value = value ?? "";
        fit();
      },
    };
  },
  choice: ({ choices, unset }) => {
    const options = choices.map((value) => element("option", { value, textContent: value }));
    const node = element("select", {}, element("option", { value: "", textContent: unset }), ...options);
    return { node, read: () => node.value || null, write: (value) => choose(node, value) };
  },
  words: ({ unset }) => {
    const node = element("textarea", { rows: 2, placeholder: unset });
    return {
      node,
      read: () => wordsOf(node.value),
      write: (value) => (node.value = (value ?? []).join(", ")),
    };
  },
  text: ({ unset, max_chars }) => {
    const node = element("textarea", { rows: 3, placeholder: unset });
    if (max_chars !== null) node.maxLength = max_chars;
    return { node, read: () => node.value.trim() || null, write: (value) => (node.value = value ?? "") };
  },
};

/**
 * The control of one setting: its `node`, `read()` and `write(value)`.
 *
 * @param {Wire.SettingField} field
 */
export function settingControl(field) {
  const control = CONTROLS[field.kind](field);
  control.node.id = `prompts-setting-${field.name}`;
  control.node.className = control.node.tagName === "TEXTAREA" ? "wb-field pr-text" : "wb-field";
  return control;
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
  picker.value = value ?? "";
}
