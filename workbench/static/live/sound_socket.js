// Sound over a WebSocket: 20 ms of 16 kHz up, 20 ms of 24 kHz down, both 16 bits.

const WORKLET = "/workbench/live/sound_worklet.js";
const MAX_WAITING_BYTES = 32_000; // one second; what is older is no conversation any more

export class SoundSocket {
  #socket = null;
  #microphone = null;
  #player = null;
  #source = null;
  #loudspeaker;
  #lost;

  /** `lost` is called when the server hangs up. */
  constructor(loudspeaker, lost) {
    this.#loudspeaker = loudspeaker;
    this.#lost = lost;
  }

  /** Send what `outgoing` sends, and play what comes; throws when the server won't have it. */
  async open(path, outgoing) {
    const { context } = outgoing;
    await context.audioWorklet.addModule(WORKLET);
    this.#socket = await opened(path);
    this.#player = new AudioWorkletNode(context, "player");
    const loudspeaker = context.createMediaStreamDestination();
    this.#player.connect(loudspeaker);
    this.#loudspeaker.srcObject = loudspeaker.stream;
    this.#microphone = new AudioWorkletNode(context, "microphone");
    this.#microphone.connect(context.destination); // it is silent, but only heard nodes work
    this.#microphone.port.addEventListener("message", ({ data }) => this.#send(data));
    this.#microphone.port.start();
    await outgoing.feed({ replaceTrack: (track) => this.#capture(context, track) });
    this.#socket.addEventListener("message", ({ data }) => this.#player.port.postMessage(data));
    this.#socket.addEventListener("close", this.#lost);
  }

  close() {
    this.#socket?.removeEventListener("close", this.#lost);
    this.#socket?.close();
    this.#source?.disconnect();
    for (const worklet of [this.#microphone, this.#player]) worklet?.port.postMessage("stop");
  }

  #capture(context, track) {
    this.#source?.disconnect();
    this.#source = context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#microphone);
  }

  #send(sound) {
    const socket = this.#socket;
    if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < MAX_WAITING_BYTES) socket.send(sound);
  }
}

function opened(path) {
  const socket = new WebSocket(location.origin.replace(/^http/, "ws") + path);
  socket.binaryType = "arraybuffer";
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(socket));
    socket.addEventListener("error", () => reject(new Error("The sound could not be connected to the server.")));
  });
}
