// MathML from the server, rebuilt element by element: only what is listed here reaches the
// page, whatever the text holds.

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";
const ELEMENTS = new Set(
  ("math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror " +
    "mpadded mphantom menclose msub msup msubsup munder mover munderover mmultiscripts " +
    "mprescripts mtable mtr mtd").split(" "),
);
const ATTRIBUTES = new Set(
  ("display displaystyle scriptlevel mathvariant mathsize mathcolor mathbackground encoding " +
    "stretchy symmetric largeop movablelimits accent accentunder fence separator form lspace " +
    "rspace minsize maxsize linethickness notation width height depth voffset columnalign " +
    "rowalign columnspacing rowspacing columnlines rowlines frame columnspan rowspan").split(" "),
);

/**
 * The typeset formula as a node; null for markup that holds none.
 *
 * @param {string} markup
 */
export function mathNode(markup) {
  const math = new DOMParser().parseFromString(markup, "text/html").querySelector("math");
  return math ? copy(math) : null;
}

/** @param {Element} element */
function copy(element) {
  const node = document.createElementNS(NAMESPACE, element.localName);
  for (const { name, value } of element.attributes) {
    if (ATTRIBUTES.has(name)) node.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    if (child instanceof Text) node.append(child.data);
    else if (child instanceof Element && ELEMENTS.has(child.localName)) node.append(copy(child));
  }
  return node;
}
