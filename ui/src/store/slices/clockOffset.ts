import type { Slice } from "./slice.ts";

/** The show's clock minus this machine's, seconds: the server's, or in a replay that of then. */
export const clockOffset: Slice<number> = {
  initial: 0,
  next: (offset, message, { localSeconds }) => {
    if (message.type === "connection_established") return message.data.server_time - localSeconds;
    return message.type === "replay" ? message.data.shown_at - localSeconds : offset;
  },
};
