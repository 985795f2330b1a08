// Several files as one tar, which the browser reads from disk only while it is sent.

const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const encoder = new TextEncoder();

/**
 * `entries` are `{name, file}`; throws an Error for a name that is too long for a tar.
 *
 * @param {{ name: string, file: Blob }[]} entries
 */
export function tar(entries) {
  const parts = entries.flatMap(({ name, file }) => [header(name, file.size), file, padding(file.size)]);
  return new Blob([...parts, new Uint8Array(2 * BLOCK)]);
}

/** @param {number} size */
function padding(size) {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** @param {string} path @param {number} size */
function header(path, size) {
  const [prefix, name] = halves(path);
  const block = new Uint8Array(BLOCK);
  const write = (/** @type {string} */ text, /** @type {number} */ at) => block.set(encoder.encode(text), at);
  const octal = (/** @type {number} */ value, /** @type {number} */ digits) => value.toString(8).padStart(digits, "0");
  write(name, 0);
  write(octal(0o644, 7), 100);
  write(octal(0, 7), 108);
  write(octal(0, 7), 116);
  write(octal(size, 11), 124);
  write(octal(0, 11), 136);
  write("        0", 148); // the checksum counts as spaces; then: a plain file
  write("ustar\0" + "00", 257);
  write(prefix, 345);
  write(octal(block.reduce((sum, byte) => sum + byte, 0), 6) + "\0 ", 148);
  return block;
}

/**
 * The path as folder and name, each short enough for its field.
 *
 * @param {string} path
 */
function halves(path) {
  const fits = (/** @type {string} */ text, /** @type {number} */ most) => encoder.encode(text).length <= most;
  if (fits(path, NAME_BYTES)) return ["", path];
  for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (fits(prefix, PREFIX_BYTES) && fits(name, NAME_BYTES)) return [prefix, name];
  }
  throw new Error(`${path} is too long a name; shorten it.`);
}
