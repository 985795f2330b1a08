// Notes, by the machine's clock in seconds, when the visitor's voice leaves, when the
// loudspeaker begins and falls silent, and when a final formula is in the page.
(() => {
  const QUIET_SEC = 0.25; // of silence before a new sound counts as a beginning
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  /** @type {Window["latency"]} */
  const notes = { sent: [], ear: [], silent: [], formula: [] };
  window.latency = notes;

  /**
   * @param {MediaStreamTrack} track
   * @param {number} loud
   * @param {(at: number) => void} onBegin
   * @param {(at: number) => void} onSilent
   */
  function watch(track, loud, onBegin, onSilent) {
    const context = new AudioContext({ latencyHint: 0 });
    const analyser = new AnalyserNode(context, { fftSize: 256 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const wave = new Float32Array(256);
    let lastLoud = 0;
    let isOn = false;
    setInterval(() => {
      analyser.getFloatTimeDomainData(wave);
      if (wave.some((sample) => Math.abs(sample) > loud)) {
        if (!isOn && now() - lastLoud > QUIET_SEC) onBegin(now());
        isOn = true;
        lastLoud = now();
      } else if (isOn && now() - lastLoud > QUIET_SEC) {
        isOn = false;
        onSilent(lastLoud);
      }
    }, 4);
  }

  const watched = new Set();
  /** @param {MediaStreamTrack | string} track */
  function watchOutgoing(track) {
    if (!(track instanceof MediaStreamTrack) || watched.has(track.id)) return;
    watched.add(track.id);
    watch(track, 0.02, (at) => notes.sent.push(at), () => {});
  }
  const addTransceiver = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    this.addEventListener("track", (event) =>
      watch(event.track, 0.05, (at) => notes.ear.push(at), (at) => notes.silent.push(at)),
    );
    watchOutgoing(track);
    return addTransceiver.call(this, track, init);
  };

  const seen = new WeakSet();
  new MutationObserver(() => {
    for (const math of document.querySelectorAll(".wb-formula:not(.wb-provisional) math")) {
      const segment = math.closest(".wb-segment");
      if (!segment || seen.has(segment)) continue;
      seen.add(segment);
      notes.formula.push(now());
    }
  }).observe(document, { childList: true, subtree: true });
})();
