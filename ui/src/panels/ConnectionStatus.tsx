import type { Replay } from "../protocol/messages.ts";
import { clockTime, day, timeOfDay } from "../store/format.ts";
import { useLookBack, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { ConnectedIcon, DisconnectedIcon, ReplayIcon } from "./icons.tsx";

/** What is said where a live show says "Live", and more of it; null in a live show. */
interface Then {
  word: string;
  lines: string[];
  /** Of a replay. */
  state?: Replay["state"];
}

function useReplay(): Then | null {
  const text = useText();
  const language = useStream((state) => state.language);
  const replay = useStream((state) =>
    state.connectionStatus === "connected" ? state.replay : null,
  );
  if (!replay) return null;
  const { state, recorded_at, position_s, length_s, speed } = replay;
  const date = day(recorded_at, language);
  return {
    state,
    word: fill(text.replay[state], { date }),
    lines: [
      fill(text.replay.detail, { date, time: timeOfDay(recorded_at) }),
      fill(text.replay.position, {
        position: clockTime(position_s),
        length: clockTime(length_s),
        speed,
      }),
    ],
  };
}

function useThen(): Then | null {
  const text = useText();
  const replay = useReplay();
  const looksBack = useLookBack(({ moment }) => moment !== null);
  return looksBack ? { word: text.past.status, lines: [text.past.status_detail] } : replay;
}

export function ConnectionStatus() {
  const text = useText();
  const status = useStream((state) => state.connectionStatus);
  const bad = useStream((state) => state.badMessages);
  const latency = useStream((state) => state.latest.system_status?.data.latency_ms ?? null);
  const then = useThen();
  const lines = [text.connection[`${status}_detail`]];
  if (then) {
    lines.push(...then.lines);
  } else if (status === "connected" && latency !== null) {
    lines.push(fill(text.connection.latency, { ms: Math.round(latency) }));
  }
  if (bad > 0) lines.push(fill(text.connection.bad_messages, { n: bad }));
  return (
    <span
      className={`connection connection-${then ? "replay" : status}`}
      data-connection={status}
      data-replay={then?.state}
      data-bad-messages={bad}
      title={lines.join("\n")}
    >
      {status !== "connected" ? <DisconnectedIcon /> : then ? <ReplayIcon /> : <ConnectedIcon />}
      <span className="connection-word">{then?.word ?? text.connection[status]}</span>
    </span>
  );
}
