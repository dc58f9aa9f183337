import type { ServerMessage } from "../../protocol/messages.ts";
import type { Latest } from "../latest.ts";

/** What is known when a message comes: the newest of each type before it, and this machine's clock. */
export interface Before {
  latest: Latest;
  localSeconds: number;
}

/**
 * State that more than one message makes: what it is at first, and what a message makes of it.
 * `next` returns the same object where nothing changes. What only the newest message of a type
 * tells needs no slice: it is in `latest`.
 */
export interface Slice<S> {
  initial: S;
  next(state: S, message: ServerMessage, before: Before): S;
}
