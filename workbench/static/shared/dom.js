// One element with its properties and children. Text only ever enters as text.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}, ...children) {
  /** @type {any} */
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "dataset") Object.assign(node.dataset, value);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target instanceof HTMLElement) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  }
});

/**
 * The node, which can be scrolled by keyboard too where it is wider than its place.
 *
 * @param {HTMLElement} node
 * @returns {HTMLElement}
 */
export function scrollable(node) {
  widths.observe(node);
  return node;
}

/**
 * The elements below `root` that have an id, by it without `prefix`.
 *
 * @param {ParentNode} root
 * @param {string} prefix
 * @returns {Ui}
 */
export function named(root, prefix) {
  return Object.fromEntries([...root.querySelectorAll(`[id^=${prefix}]`)].map((node) => [node.id.slice(prefix.length), node]));
}

/**
 * Whether an event came from inside an element that fits.
 *
 * @param {Event} event
 * @param {string} selector
 */
export function within({ target }, selector) {
  return target instanceof Element && target.closest(selector) !== null;
}

/**
 * The values of the boxes that are ticked.
 *
 * @param {ParentNode} root
 * @returns {string[]}
 */
export function checked(root) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input:checked"));
  return [...boxes].map(({ value }) => value);
}

/**
 * The element of that id, which is known to be there and to be a `kind`.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}

/**
 * The fields of a form by their name.
 *
 * @param {HTMLFormElement} form
 * @returns {Record<string, any>}
 */
export function fieldsOf(form) {
  return form.elements;
}

/** @param {Wire.Choice[]} choices */
export function options(choices) {
  return choices.map((choice) => element("option", choice));
}

/**
 * Offer `choices` in a picker of prompts; one that brings settings along sets these `fields`.
 *
 * @param {HTMLSelectElement} picker
 * @param {Wire.Choice[]} choices
 * @param {Ui} fields
 */
export function offerPrompts(picker, choices, fields) {
  picker.replaceChildren(...options(choices));
  picker.addEventListener("change", () => {
    for (const [name, value] of Object.entries(picker.selectedOptions[0]?.dataset ?? {})) {
      const field = fields[name];
      const isOffered = field && (!field.options || [...field.options].some((option) => option.value === value));
      if (!isOffered) continue;
      field.value = value;
      field.dispatchEvent(new Event("input"));
    }
  });
}

/**
 * One element of a drawing (SVG) with its attributes.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElementTagNameMap[K]}
 */
export function shape(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}
