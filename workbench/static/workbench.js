// Gradio builds the page after it has loaded: each part starts when its root appears.

import { Datasets } from "./datasets.js";
import { Demo, DemoRun } from "./demo.js";
import { Utterance } from "./evaluate.js";
import { Live } from "./live.js";
import { Prompts } from "./prompts.js";
import { Rooms } from "./room.js";

function whenThere(id, begin) {
  const find = () => {
    const root = document.getElementById(id);
    if (root) begin(root);
    return root !== null;
  };
  if (find()) return;
  const observer = new MutationObserver(() => find() && observer.disconnect());
  observer.observe(document.documentElement, { childList: true, subtree: true });
}

whenThere("live", (root) => new Live(root));
whenThere("room", (root) => new Rooms(root));
whenThere("prompts", (root) => new Prompts(root));
whenThere("datasets", (root) => new Datasets(root));
whenThere("demo", () => new Demo());
whenThere("demo-run", () => new DemoRun());

whenThere("evaluate-status", (root) => root.setAttribute("role", "status"));

// Gradio calls this when a row of the table was chosen.
window.workbench = {
  showUtterance: (address) => new Utterance(document.getElementById("utterance")).show(address),
};
