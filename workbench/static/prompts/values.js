// What an editor's fields hold, as values. Nothing here touches the page.

/**
 * Whether two prompts say the same; white space around the instructions says nothing, nor does
 * the order of the settings.
 *
 * @param {Wire.PromptText} one
 * @param {Wire.PromptText} other
 */
export function saysSame(one, other) {
  return plain(one) === plain(other);
}

/** @param {Wire.PromptText} prompt */
function plain({ name, instructions, settings }) {
  return JSON.stringify([name, instructions.trim(), Object.entries(settings).sort()]);
}

/**
 * Whether a prompt brings any settings along.
 *
 * @param {Wire.PromptSettings} settings
 */
export function setsAnything(settings) {
  return Object.values(settings).some((value) => value !== null && !(Array.isArray(value) && !value.length));
}

/**
 * The words of a list that was written with commas between.
 *
 * @param {string} text
 */
export function wordsOf(text) {
  return text.split(",").map((word) => word.trim()).filter(Boolean);
}

/**
 * Whether a number as it was typed is one that the field's arrows reach; an empty one is.
 *
 * @param {string} typed
 * @param {number} minimum
 * @param {number} step
 */
export function isOnStep(typed, minimum, step) {
  const steps = (Number(typed) - minimum) / step;
  return typed === "" || Math.abs(steps - Math.round(steps)) < 1e-6;
}
