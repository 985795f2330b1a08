// Single keys for going through what went wrong: only while the tab is shown, nobody types, and
// they are switched on.

import { within } from "../shared/dom.js";

const TYPING = "input, textarea, select, [contenteditable], audio, video";
const OWN_SPACE = "button, summary, a, [role=tab]";
const KEPT = "workbench.keys";

/**
 * `actions` by key; `root` must be visible for them to work, `toggle` switches them on and off.
 *
 * @param {HTMLElement} root
 * @param {HTMLInputElement} toggle
 * @param {Record<string, () => void>} actions
 */
export function listenForKeys(root, toggle, actions) {
  toggle.checked = localStorage.getItem(KEPT) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"));
  document.addEventListener(
    "keydown",
    (event) => {
      const act = actions[event.key];
      if (!act || !toggle.checked || root.offsetParent === null) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (within(event, TYPING)) return;
      if (event.key === " " && within(event, OWN_SPACE)) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the Live tab listens for the space bar, too
      act();
    },
    { capture: true },
  );
}
