// What the trainers said on /ingest and what of it was acknowledged, overheard at a gate.

/** The text messages of one side of a WebSocket connection, from its bytes. */
export class TextReader {
  #onText;
  #bytes = Buffer.alloc(0);
  #upgraded = false;
  #refused = false;
  #parts = [];

  constructor(onText) {
    this.#onText = onText;
  }

  push(bytes) {
    if (this.#refused) return;
    this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, bytes]) : bytes;
    if (!this.#upgraded) {
      const end = this.#bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#bytes.subarray(0, end).toString("latin1");
      this.#refused = head.startsWith("HTTP/") && !head.startsWith("HTTP/1.1 101");
      if (this.#refused) return;
      this.#upgraded = true;
      this.#bytes = this.#bytes.subarray(end + 4);
    }
    while (this.#frame()) {}
  }

  // RFC 6455 section 5.2. Returns whether there was a whole one.
  #frame() {
    const bytes = this.#bytes;
    if (bytes.length < 2) return false;
    const masked = (bytes[1] & 0x80) !== 0;
    let size = bytes[1] & 0x7f;
    let at = 2;
    if (size === 126) {
      if (bytes.length < 4) return false;
      size = bytes.readUInt16BE(2);
      at = 4;
    } else if (size === 127) {
      if (bytes.length < 10) return false;
      size = Number(bytes.readBigUInt64BE(2));
      at = 10;
    }
    const mask = masked ? bytes.subarray(at, at + 4) : null;
    if (masked) at += 4;
    if (bytes.length < at + size) return false;
    const payload = Buffer.from(bytes.subarray(at, at + size));
    if (mask) for (let i = 0; i < size; ++i) payload[i] ^= mask[i % 4];
    this.#bytes = bytes.subarray(at + size);
    const opcode = bytes[0] & 0x0f;
    if (opcode <= 1) {
      this.#parts.push(payload);
      if (bytes[0] & 0x80) this.#onText(Buffer.concat(this.#parts.splice(0)).toString("utf8"));
    }
    return true;
  }
}

/** Of a message, what the judge asks about: an attention map weighs a thousand times its place. */
function essence({ type, data }) {
  switch (type) {
    case "move_played":
      return { type, game_id: data.game_id, ply: data.ply, sfen: data.sfen, usi: data.usi };
    case "game_finished":
    case "run_started":
    case "heartbeat":
    case "trainer_metrics":
      return { type, ...data };
    default:
      return { type };
  }
}

/**
 * One trainer's connection: its messages in order, of which the showcase has acknowledged the first
 * `acknowledged`. Times are Date.now(), by the clock of whoever overhears.
 */
class Conversation {
  openedAt = Date.now();
  messages = [];
  acknowledged = 0;
  lastAcknowledgedAt = 0;

  #trainer = new TextReader((text) =>
    this.messages.push({ at: Date.now(), ...essence(JSON.parse(text)) }),
  );
  #showcase = new TextReader((text) => {
    const { type, data } = JSON.parse(text);
    if (type !== "telemetry_acknowledged") return;
    const now = Date.now();
    for (const message of this.messages.slice(this.acknowledged, data.received)) {
      message.acknowledgedAt = now;
    }
    this.acknowledged = data.received;
    this.lastAcknowledgedAt = now;
  });

  sent = (bytes) => this.#trainer.push(bytes);
  answered = (bytes) => this.#showcase.push(bytes);
}

export class Transcript {
  conversations = [];

  listen() {
    const conversation = new Conversation();
    this.conversations.push(conversation);
    return conversation;
  }

  *messages(type) {
    for (const { messages } of this.conversations) {
      for (const message of messages) if (message.type === type) yield message;
    }
  }

  /** Messages of the conversations that have begun since then. */
  acknowledgedSince(moment) {
    return this.conversations
      .filter(({ openedAt }) => openedAt >= moment)
      .reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }
  get lastAcknowledgedAt() {
    return Math.max(0, ...this.conversations.map((one) => one.lastAcknowledgedAt));
  }
}
