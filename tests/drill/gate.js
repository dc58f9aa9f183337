// A network that fails on demand, without root: a TCP proxy that cuts, refuses or falls silent.
import { once } from "node:events";
import { createConnection, createServer } from "node:net";

/** Nothing is said before a connection is made, and it may be made in vain. */
const nobodyListens = { sent() {}, answered() {} };

export class Gate {
  #server;
  #target;
  #listen;
  #pairs = new Set();
  #silent = false;
  port = 0;

  /**
   * Passes connections on to a port of this machine. `listen` is called for each of them and gives
   * `{sent(bytes), answered(bytes)}`, which hear both sides as far as the gate passes them on.
   */
  static async open(target, listen = () => nobodyListens) {
    const gate = new Gate();
    gate.#target = target;
    gate.#listen = listen;
    await gate.#listenOn(0);
    return gate;
  }

  async #listenOn(port) {
    this.#server = createServer((client) => this.#pair(client)).listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = this.#server.address().port;
  }

  #pair(client) {
    const server = createConnection({ port: this.#target, host: "127.0.0.1" });
    const pair = [client, server];
    this.#pairs.add(pair);
    const ear = this.#listen();
    client.on("data", (bytes) => {
      ear.sent(bytes);
      server.write(bytes);
    });
    server.on("data", (bytes) => {
      ear.answered(bytes);
      client.write(bytes);
    });
    for (const [one, other] of [pair, [...pair].reverse()]) {
      one.setNoDelay(true);
      // An end is passed on as it came: whole, or as a reset.
      one.on("end", () => other.end());
      one.on("error", () => other.resetAndDestroy());
      one.on("close", () => {
        this.#pairs.delete(pair);
        if (!other.destroyed) other.end();
      });
      if (this.#silent) one.pause();
    }
  }

  /** Cuts every connection, and refuses new ones until `open` is called. */
  async shut() {
    if (!this.#server.listening) return;
    this.#server.close();
    this.cut();
    await once(this.#server, "close");
  }

  /** Cuts every connection that there is. */
  cut() {
    for (const sockets of this.#pairs) {
      for (const socket of sockets) socket.resetAndDestroy();
    }
  }

  /** Swallows everything: connections stay, and nothing comes through. */
  silence() {
    this.#silent = true;
    for (const sockets of this.#pairs) {
      for (const socket of sockets) socket.pause();
    }
  }

  /** Passes everything on again, also what it held back. */
  async reopen() {
    this.#silent = false;
    for (const sockets of this.#pairs) {
      for (const socket of sockets) socket.resume();
    }
    if (!this.#server.listening) await this.#listenOn(this.port);
  }
}
