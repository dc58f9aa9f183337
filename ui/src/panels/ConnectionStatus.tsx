import { clockTime, day, timeOfDay } from "../store/format.ts";
import { useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { ConnectedIcon, DisconnectedIcon, ReplayIcon } from "./icons.tsx";

/** What is said in a replay where a live show says "Live"; null in a live show. */
function useReplayWords() {
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

export function ConnectionStatus() {
  const text = useText();
  const status = useStream((state) => state.connectionStatus);
  const bad = useStream((state) => state.badMessages);
  const latency = useStream((state) => state.latest.system_status?.data.latency_ms ?? null);
  const replay = useReplayWords();
  const lines = [text.connection[`${status}_detail`]];
  if (replay) {
    lines.push(...replay.lines);
  } else if (status === "connected" && latency !== null) {
    lines.push(fill(text.connection.latency, { ms: Math.round(latency) }));
  }
  if (bad > 0) lines.push(fill(text.connection.bad_messages, { n: bad }));
  return (
    <span
      className={`connection connection-${replay ? "replay" : status}`}
      data-connection={status}
      data-replay={replay?.state}
      data-bad-messages={bad}
      title={lines.join("\n")}
    >
      {status !== "connected" ? <DisconnectedIcon /> : replay ? <ReplayIcon /> : <ConnectedIcon />}
      <span className="connection-word">{replay?.word ?? text.connection[status]}</span>
    </span>
  );
}
