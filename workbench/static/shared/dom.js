// One element with its properties and children. Text only ever enters as text.

export function element(tag, properties = {}, ...children) {
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
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});

/** The node, which can be scrolled by keyboard too where it is wider than its place. */
export function scrollable(node) {
  widths.observe(node);
  return node;
}

/** Offer `choices` in a picker of prompts; one that brings settings along sets these `fields`. */
export function offerPrompts(picker, choices, fields) {
  picker.replaceChildren(...choices.map((choice) => element("option", choice)));
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

/** One element of a drawing (SVG) with its attributes. */
export function shape(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
