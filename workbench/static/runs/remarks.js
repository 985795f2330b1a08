// A listener's remarks on an utterance: tags, and a better reference. Kept beside each run shown.

import { element } from "../shared/dom.js";
import { request } from "../shared/requests.js";

const MAX_READINGS = 3;

/**
 * A form for one utterance; `save(remark)` keeps it, `known` are tags that were used before.
 *
 * @param {Pair} pair
 * @param {RunAttemptView} attempt
 * @param {string[]} known
 * @param {(remark: Wire.Remark) => Promise<void> | void} save
 */
export function remarkForm(pair, attempt, known, save) {
  const tags = element("input", { className: "wb-field", value: pair.first.marks.join(", "), maxLength: 400, name: "tags", placeholder: "clipped, wrong speaker" });
  tags.setAttribute("list", "compare-known-tags");
  const list = element("datalist", { id: "compare-known-tags" }, ...known.map((value) => element("option", { value })));
  const words = element("textarea", { className: "wb-field", rows: 2, value: attempt.said, maxLength: 4000, name: "words" });
  const latex = element("textarea", { className: "wb-field", rows: 2, value: attempt.accepted.join("\n"), maxLength: 12000, name: "latex", spellcheck: false });
  const problem = element("p", { className: "wb-wrong", role: "status" });
  const saveButton = element("button", { type: "submit", className: "wb-button wb-primary", textContent: "Save" });
  const better = element("details", { className: "wb-reference", open: pair.first.corrected },
    element("summary", { textContent: "The reference is wrong" }),
    labelled("What was said", words),
    labelled("Accepted LaTeX, one reading per line; leave it empty if no formula is said", latex),
    element("p", { className: "wb-hint", textContent: "The utterance is scored again at once. The dataset does not change: the correction is kept beside the shown runs." }));
  const actions = element("div", { className: "wb-row" }, saveButton);
  const form = element("form", { className: "wb-remarks" }, labelled("Tags, parted by commas", tags), list, better, actions, problem);
  if (pair.first.corrected) {
    const back = element("button", { type: "button", className: "wb-button", textContent: "Back to the dataset's reference" });
    back.addEventListener("click", () => keep({ tags: tagsOf(tags.value) }));
    actions.append(back);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const isOther = words.value !== attempt.said || latex.value !== attempt.accepted.join("\n");
    keep({ tags: tagsOf(tags.value), ...(isOther || pair.first.corrected ? reference(words, latex) : {}) });
  });
  /** @param {Omit<Wire.Remark, "utterance_id">} remark */
  async function keep(remark) {
    saveButton.disabled = true;
    problem.textContent = "";
    try {
      await save({ utterance_id: pair.first.utterance_id, ...remark });
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      saveButton.disabled = false;
    }
  }
  return form;
}

/**
 * Keep a remark beside one run; gives its rows that changed, by number.
 *
 * @param {string} runId
 * @param {Wire.Remark} remark
 * @param {number} nSeen
 * @returns {Promise<Record<string, unknown[]>>}
 */
export function keepRemark(runId, remark, nSeen) {
  return request("PUT", `/api/runs/${encodeURIComponent(runId)}/remarks`, { json: /** @satisfies {Wire.NewRemark} */ ({ remark, n_seen: nSeen }) });
}

/** @param {HTMLTextAreaElement} words @param {HTMLTextAreaElement} latex */
function reference(words, latex) {
  const readings = latex.value.split("\n").map((line) => line.trim()).filter(Boolean);
  return { transcript: words.value.trim(), latex: readings.slice(0, MAX_READINGS) };
}

/** @param {string} text */
function tagsOf(text) {
  return [...new Set(text.split(",").map((tag) => tag.trim()).filter(Boolean))];
}

/** @param {string} name @param {HTMLElement} field */
function labelled(name, field) {
  return element("label", {}, element("span", { className: "wb-label", textContent: name }), field);
}
