import type { Replay } from "../../protocol/messages.ts";
import type { Slice } from "./slice.ts";

/** The recording that is shown; null in a live show, which never says that it is one. */
export const replay: Slice<Replay | null> = {
  initial: null,
  next: (state, message) => {
    if (message.type === "replay") return message.data;
    return message.type === "connection_established" ? null : state;
  },
};
