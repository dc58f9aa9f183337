import type { Hello } from "../protocol/messages.ts";
import type { Socket, SocketEvents } from "./connection.ts";

/** The address of server-sent events that a hello wishes for. */
export function eventsAddress(base: string, hello: Hello): string {
  const query = new URLSearchParams();
  for (const [name, wish] of Object.entries(hello)) {
    if (wish !== undefined && wish !== null) query.set(name, String(wish));
  }
  return `${base}?${query}`;
}

/** What a line needs of an EventSource. */
export interface Source {
  onmessage: ((event: MessageEvent) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  close(): void;
}

/**
 * A line of server-sent events in the place of a WebSocket: every hello opens them anew, with its
 * wishes in their address. Nothing else can be said over it.
 */
export function openEvents(
  base: string,
  events: SocketEvents,
  open: (address: string) => Source,
): Socket {
  let source: Source | null = null;
  let isOver = false;
  const end = () => {
    source?.close();
    source = null;
  };
  queueMicrotask(() => {
    if (!isOver) events.opened();
  });
  return {
    send(text) {
      const said: { type: string; data: Hello } = JSON.parse(text);
      if (said.type !== "hello") return;
      end();
      const mine = open(eventsAddress(base, said.data));
      source = mine;
      mine.onmessage = ({ data }) => events.received(data);
      mine.onerror = () => {
        if (source !== mine) return;
        end();
        events.closed();
      };
    },
    close() {
      isOver = true;
      end();
    },
  };
}

/**
 * Which kind of line comes next. Something between here and the showcase may break WebSockets: when
 * two in a row have said nothing, events are tried; when they say nothing either, both in turn. A
 * showcase that was down looks the same, so that after each line of events a WebSocket is tried.
 */
export class LineChoice {
  private failed = 0;

  /** Whether the next line is one of events. */
  next(): "socket" | "events" {
    return this.failed >= 2 && this.failed % 2 === 0 ? "events" : "socket";
  }
  /** A line has ended, and whether it had ever said something. */
  ended(wasHeard: boolean): void {
    if (wasHeard) this.failed = this.next() === "socket" ? 0 : 1;
    else this.failed += 1;
  }
}
