// How long a lesson may still last, where that is short enough to care about.

const WORTH_TELLING_SEC = 600;

export class Countdown {
  #node;
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} node */
  constructor(node) {
    this.#node = node;
  }

  /** @param {number | null} seconds */
  start(seconds) {
    this.stop();
    if (!seconds || seconds > WORTH_TELLING_SEC) return;
    const endsAt = performance.now() + 1000 * seconds;
    const tell = () => {
      const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
      this.#node.textContent = `${left} s left`;
    };
    tell();
    this.#timer = setInterval(tell, 500);
  }

  stop() {
    clearInterval(this.#timer);
    this.#node.textContent = "";
  }
}
