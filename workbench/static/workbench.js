// Gradio builds the page after it has loaded: each part starts when its root appears.

import { Compare } from "./runs/compare.js";
import { byId } from "./shared/dom.js";
import { Datasets } from "./datasets/tab.js";
import { Demo, DemoRun } from "./public/demo.js";
import { RunTable } from "./runs/evaluate.js";
import { Live } from "./live/tab.js";
import { Prompts } from "./prompts/tab.js";
import { Rooms } from "./rooms/tab.js";

/** @param {string} id @param {(root: HTMLElement) => unknown} begin */
function whenThere(id, begin) {
  const find = () => {
    const root = document.getElementById(id);
    if (root) begin(root);
    return root !== null;
  };
  if (find()) return;
  const observer = new MutationObserver(() => {
    if (find()) observer.disconnect();
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
}

whenThere("live", (root) => new Live(root));
whenThere("room", (root) => new Rooms(root));
whenThere("prompts", (root) => new Prompts(root));
whenThere("datasets", (root) => new Datasets(root));
whenThere("compare", (root) => new Compare(root));
whenThere("demo", () => new Demo());
whenThere("demo-run", () => new DemoRun());

whenThere("evaluate-status", (root) => root.setAttribute("role", "status"));

/** @type {RunTable | null} */
let runTable = null;

// Gradio calls this when a run is to be shown.
window.workbench = {
  showRun(address) {
    runTable ??= new RunTable(byId("evaluate-table", HTMLElement));
    runTable.show(address);
  },
};
