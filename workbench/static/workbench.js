// Gradio builds a tab when it is first opened: its part is loaded and starts when its root appears.

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

whenThere("live", async (root) => new (await import("./live/tab.js")).Live(root));
whenThere("room", async (root) => new (await import("./rooms/tab.js")).Rooms(root));
whenThere("prompts", async (root) => new (await import("./prompts/tab.js")).Prompts(root));
whenThere("datasets", async (root) => new (await import("./datasets/tab.js")).Datasets(root));
whenThere("compare", async (root) => new (await import("./runs/compare.js")).Compare(root));
whenThere("demo", async () => new (await import("./public/demo.js")).Demo());
whenThere("demo-run", async () => new (await import("./public/demo.js")).DemoRun());

whenThere("evaluate-status", (root) => root.setAttribute("role", "status"));

/** @type {Promise<import("./runs/evaluate.js").RunTable> | null} */
let runTable = null;

// Gradio calls this when a run is to be shown.
window.workbench = {
  async showRun(address) {
    runTable ??= import("./runs/evaluate.js").then(({ RunTable }) => new RunTable());
    (await runTable).show(address);
  },
};
