import type { Slice } from "./slice.ts";

/** Server's clock minus this machine's, seconds. */
export const clockOffset: Slice<number> = {
  initial: 0,
  next: (offset, message, { localSeconds }) =>
    message.type === "connection_established" ? message.data.server_time - localSeconds : offset,
};
