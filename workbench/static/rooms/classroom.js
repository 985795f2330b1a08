// One student in one LiveKit room: microphone up, the tutor's voice, words and formulas down.

import { ConnectionErrorReason, ConnectionState, DisconnectReason, LogLevel, Room, RoomEvent, setLogLevel, Track } from "/student/livekit-client.js";
import { MICROPHONE } from "../shared/sound.js";

const TRANSCRIPTION = "lk.transcription";
const CHAT = "lk.chat";
const FORMULA = "math.formula"; // where formulas are that are too long for a transcript's header
const STATE = "lk.agent.state";
const UNREACHABLE = "The lesson's server could not be reached. Check the network, and ask for a new link.";
/** @type {Record<number, string>} */
const REFUSALS = {
  [ConnectionErrorReason.NotAllowed]: "The lesson's server refused this link: it is too old, or its key is wrong. Ask for a new one.",
};
/** @type {Record<number, string>} */
const ENDINGS = {
  [DisconnectReason.CLIENT_INITIATED]: "You have left the lesson.",
  [DisconnectReason.PARTICIPANT_REMOVED]: "You were removed from the lesson.",
  [DisconnectReason.ROOM_DELETED]: "The lesson was closed.",
  [DisconnectReason.ROOM_CLOSED]: "The lesson was closed.",
};
const LOST = "The connection was lost. Ask for a new link to come back.";

setLogLevel(LogLevel.error);

/**
 * What is said of a lesson; `tutor` takes its state, null while there is none.
 *
 * @typedef {{ transcript(transcript: Said): void, tutor(state: string | null): void, reconnecting(): void, reconnected(): void, ended(message: string): void }} Listeners
 * @typedef {{ segment_id: string, speaker: string, text: string, is_final: boolean, source: string, latex: string[] }} Said
 * @typedef {Record<string, string>} Attributes
 */

export class Classroom {
  #room = new Room({ audioCaptureDefaults: MICROPHONE });
  #loudspeaker;
  #listeners;
  #reading = Promise.resolve();
  #nNotices = 0;
  /** @type {Map<string, string[]>} */
  #formulas = new Map(); // by segment
  /** @type {((_: unknown) => void)[]} */
  #waiting = []; // what is called when the tutor's state may have changed
  /** @type {Map<string, Said>} */
  #withLong = new Map(); // transcripts whose formulas are on FORMULA, by segment

  /**
   * `listeners`: `transcript` takes what was said, as the board shows it but with bare LaTeX;
   * `tutor` its state, null while there is no tutor; `reconnecting`, `reconnected`; `ended` a
   * sentence.
   *
   * @param {HTMLMediaElement} loudspeaker
   * @param {Listeners} listeners
   */
  constructor(loudspeaker, listeners) {
    this.#loudspeaker = loudspeaker;
    this.#listeners = listeners;
    const tellTutor = () => {
      listeners.tutor(this.#tutorState());
      for (const look of this.#waiting.splice(0)) look(null);
    };
    this.#room
      .on(RoomEvent.TrackSubscribed, (track, _publication, who) => this.#hear(track, who))
      .on(RoomEvent.ParticipantConnected, tellTutor)
      .on(RoomEvent.ParticipantDisconnected, tellTutor)
      .on(RoomEvent.ParticipantAttributesChanged, tellTutor)
      .on(RoomEvent.SignalReconnecting, listeners.reconnecting)
      .on(RoomEvent.Reconnecting, listeners.reconnecting)
      .on(RoomEvent.Reconnected, () => {
        listeners.reconnected();
        tellTutor();
      })
      .on(RoomEvent.Disconnected, (reason) => listeners.ended(ENDINGS[reason ?? -1] ?? LOST));
    this.#room.registerTextStreamHandler(TRANSCRIPTION, (reader, from) => this.#read(reader, from, this.#transcript));
    this.#room.registerTextStreamHandler(FORMULA, (reader, from) => this.#read(reader, from, this.#formula));
    this.#room.registerTextStreamHandler(CHAT, (reader, from) => this.#read(reader, from, this.#notice));
  }

  /**
   * Throws an Error whose message is for the student.
   *
   * @param {Wire.JoinPass} entry
   */
  async join({ url, token }) {
    try {
      await this.#room.connect(url, token);
    } catch (error) {
      throw new Error(REFUSALS[error.reason] ?? UNREACHABLE, { cause: error });
    }
    this.#listeners.tutor(this.#tutorState());
  }

  /**
   * Gives the microphone's track; the browser may refuse it.
   *
   * @param {string} deviceId
   */
  async openMicrophone(deviceId) {
    if (deviceId || this.#microphone) await this.#room.switchActiveDevice("audioinput", deviceId || "default");
    await this.#room.localParticipant.setMicrophoneEnabled(true);
    return this.#microphone?.track?.mediaStreamTrack;
  }

  /**
   * A muted microphone sends silence.
   *
   * @param {boolean} muted
   */
  async mute(muted) {
    const track = this.#microphone?.track;
    await (muted ? track?.mute() : track?.unmute());
  }

  /**
   * Ask in writing, once there is a tutor to read it: what is sent to nobody is lost.
   *
   * @param {string} text
   */
  async say(text) {
    while (!this.#isRead) await new Promise((look) => this.#waiting.push(look));
    await this.#room.localParticipant.sendText(text, { topic: CHAT });
  }

  async leave() {
    await this.#room.disconnect();
  }

  get #microphone() {
    return this.#room.localParticipant.getTrackPublication(Track.Source.Microphone);
  }

  get #isRead() {
    return this.#room.state === ConnectionState.Connected && this.#tutorState() !== null;
  }

  #tutorState() {
    const tutor = [...this.#room.remoteParticipants.values()].find((each) => each.isAgent);
    return tutor ? (tutor.attributes[STATE] ?? "initializing") : null;
  }

  /** @param {import("livekit-client").RemoteTrack} track @param {import("livekit-client").RemoteParticipant} who */
  #hear(track, who) {
    if (track.kind === Track.Kind.Audio && who.isAgent) track.attach(this.#loudspeaker);
  }

  /**
   * Streams are shown in the order in which they were opened, whenever they end.
   *
   * @param {import("livekit-client").TextStreamReader} reader
   * @param {{ identity: string }} from
   * @param {(text: string, attributes: Attributes, identity: string) => void} show
   */
  #read(reader, { identity }, show) {
    const text = reader.readAll();
    this.#reading = this.#reading
      .then(async () => show.call(this, await text, reader.info.attributes ?? {}, identity))
      .catch(() => {}); // its writer has gone
  }

  /** @param {string} text @param {Attributes} attributes @param {string} identity */
  #transcript(text, attributes, identity) {
    const isTutor = attributes["math.speaker"] === "tutor";
    const isMine = identity === this.#room.localParticipant.identity;
    const isFinal = attributes["lk.transcription_final"] === "true";
    const segment_id = attributes["lk.segment_id"] ?? "";
    const isLong = attributes["math.latex_topic"] === FORMULA;
    const transcript = {
      segment_id,
      speaker: isTutor ? "tutor" : isMine ? "student" : "other",
      text,
      is_final: isFinal,
      source: attributes["math.source"] ?? "model",
      latex: isLong ? (this.#formulas.get(segment_id) ?? []) : latexList(attributes["math.latex"]),
    };
    if (isLong) this.#withLong.set(segment_id, transcript);
    else this.#withLong.delete(segment_id);
    this.#listeners.transcript(transcript);
  }

  /** @param {string} text @param {Attributes} attributes */
  #formula(text, attributes) {
    const segment_id = attributes["lk.segment_id"] ?? "";
    const latex = latexList(text);
    this.#formulas.set(segment_id, latex);
    const transcript = this.#withLong.get(segment_id);
    if (transcript) this.#listeners.transcript({ ...transcript, latex });
  }

  /** @param {string} text */
  #notice(text) {
    const segment_id = `notice-${++this.#nNotices}`;
    this.#listeners.transcript({ segment_id, speaker: "tutor", text, is_final: true, source: "model", latex: [] });
  }
}

/** @param {string} [text] */
function latexList(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
