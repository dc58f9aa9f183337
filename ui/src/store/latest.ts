import type { Language, Level, ServerMessage } from "../protocol/messages.ts";

export type MessageType = ServerMessage["type"];
export type DataOf<T extends MessageType> = Extract<ServerMessage, { type: T }>["data"];

/** What a message said, the second (server's clock) it was made in, and for which choices. */
export interface Received<T> {
  data: T;
  timestamp: number;
  /** Lags behind the viewer's choice until the answer to it comes. */
  level: Level;
  language: Language;
}

/**
 * The newest message of each type; a type is absent until its first, and when that was taken back.
 * New types need no line here.
 */
export type Latest = { readonly [T in MessageType]?: Received<DataOf<T>> };

/** Whether it only says that nothing of its type is on: another run has just begun. */
export function takesBack({ data }: ServerMessage): boolean {
  return "game_id" in data && data.game_id === "";
}

/** With the message in its place. The server makes messages for the choices it last confirmed. */
export function withMessage(
  latest: Latest,
  message: ServerMessage,
  chosen: { level: Level; language: Language },
): Latest {
  const { type, data, timestamp } = message;
  if (takesBack(message)) {
    const { [type]: _before, ...others } = latest;
    return others;
  }
  const { level, language } =
    type === "connection_established" ? data : (latest.connection_established?.data ?? chosen);
  return { ...latest, [type]: { data, timestamp, level, language } };
}
