// Datasets into the workbench: files of this browser, or a dataset of the Hugging Face Hub.

import { request, upload } from "../shared/requests.js";
import { tar } from "./tar.js";

const MEGABYTE = 1e6;

export class DatasetImport {
  #ui;
  #begun;

  /**
   * `begun` takes the new dataset's name and a sentence about it.
   *
   * @param {Ui} ui
   * @param {(name: string, message: string) => unknown} begun
   */
  constructor(ui, begun) {
    this.#ui = ui;
    this.#begun = begun;
    const sources = [ui.archive, ui.folder, ui.files];
    for (const chosen of sources) {
      chosen.addEventListener("change", () => {
        for (const other of sources) if (other !== chosen) other.value = "";
        this.#tell("");
      });
    }
    ui.upload.addEventListener("submit", (/** @type {SubmitEvent} */ event) => this.#on(event, () => this.#upload()));
    ui.hub.addEventListener("submit", (/** @type {SubmitEvent} */ event) => this.#on(event, () => this.#fetch()));
  }

  /** @param {SubmitEvent} event @param {() => Promise<Wire.ImportedView>} act */
  async #on(event, act) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector("button"));
    button.disabled = true;
    try {
      const { name, n_utterances } = await act();
      form.reset();
      this.#tell("");
      await this.#begun(name, `${n_utterances.toLocaleString("en")} utterances came in as ${name}.`);
    } catch (error) {
      this.#tell(error.message, true);
    }
    this.#ui.progress.hidden = true;
    button.disabled = false;
  }

  async #upload() {
    /** @type {Wire.UploadLimits} */
    const { upload_bytes } = await request("GET", "/api/datasets/limits");
    const packed = this.#packed();
    if (packed.size > upload_bytes) {
      throw new Error(
        `That is ${Math.round(packed.size / MEGABYTE)} MB; the page takes ${upload_bytes / MEGABYTE}. Send it in parts, or use: python -m evals dataset import`,
      );
    }
    const name = this.#ui["upload-name"].value.trim();
    this.#tell("Sending …");
    return upload(`/api/datasets/import?name=${encodeURIComponent(name)}`, packed, (share) => this.#sent(share));
  }

  /** @returns {Blob} */
  #packed() {
    const { archive, folder, files } = this.#ui;
    if (archive.files.length) return archive.files[0];
    /** @type {File[]} */
    const chosen = [...folder.files, ...files.files];
    if (!chosen.length) throw new Error("Choose an archive, a folder, or a CSV with its recordings.");
    return tar(chosen.map((file) => ({ name: file.webkitRelativePath || file.name, file })));
  }

  async #fetch() {
    const { name, repository, part, language, limit } = this.#ui.hub.elements;
    this.#tell("Fetching it from the Hub …");
    return request("POST", "/api/datasets/hub", {
      json: /** @satisfies {Wire.FromHub} */ ({
        name: name.value.trim(),
        repository: repository.value.trim(),
        part: part.value.trim(),
        language: language.value.trim(),
        limit: Number(limit.value) || null,
      }),
    });
  }

  /** @param {number} share */
  #sent(share) {
    this.#ui.progress.hidden = false;
    this.#ui.progress.value = share;
    if (share === 1) this.#tell("Reading every recording …");
  }

  /** @param {string} message @param {boolean} [isProblem] */
  #tell(message, isProblem = false) {
    this.#ui["bring-note"].textContent = message;
    this.#ui["bring-note"].classList.toggle("wb-problem", isProblem);
  }
}
