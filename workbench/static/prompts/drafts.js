// Unsaved work of each version, kept by the browser so that a reload loses nothing.

const PREFIX = "workbench.prompt.";

/**
 * What was typed on that version and not kept; null for nothing.
 *
 * @param {string} reference
 * @returns {any}
 */
export function unsaved(reference) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + reference) ?? "null");
  } catch {
    return null; // no storage, or not ours
  }
}

/**
 * Remember it, or with null forget it; gives whether the browser could.
 *
 * @param {string} reference
 * @param {unknown} edited
 */
export function remember(reference, edited) {
  try {
    if (edited) localStorage.setItem(PREFIX + reference, JSON.stringify(edited));
    else localStorage.removeItem(PREFIX + reference);
    return true;
  } catch {
    return false;
  }
}
