import { age } from "../store/format.ts";
import { useNow, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { DisconnectedIcon, PausedIcon, ReplayIcon, WaitingIcon } from "./icons.tsx";

/**
 * What keeps the page from being live, how a game ended and what turned it, said on the board itself. Only the
 * words are announced to screen readers, not the seconds that count up beside them.
 */
export function Notice() {
  const text = useText();
  const now = useNow();
  const connection = useStream((state) => state.connectionStatus);
  const training = useStream((state) => state.latest.system_status?.data.training);
  const since = useStream((state) => state.latest.system_status?.data.since);
  const replay = useStream((state) => state.replay?.state);
  const result = useStream((state) => state.latest.game_state?.data.result?.text);
  const held = useStream((state) => state.latest.game_state?.data.held);
  const drama = useStream((state) => state.latest.game_state?.data.drama);

  if (connection === "reconnecting" || connection === "silent") {
    return (
      <div className="notice notice-lost" data-notice={connection}>
        <DisconnectedIcon />
        <strong role="alert">{text.notice[connection]}</strong>
        <span>{text.notice.reconnecting_more}</span>
      </div>
    );
  }
  if (replay === "ended") {
    return (
      <div className="notice" data-notice="replay-ended">
        <ReplayIcon />
        <strong role="status">{text.notice.replay_ended}</strong>
        <span>{text.notice.replay_ended_more}</span>
      </div>
    );
  }
  if (held) {
    return (
      <div className="notice notice-held" data-notice="held">
        <PausedIcon />
        <strong role="status">{text.notice.held}</strong>
        <span>{text.notice.held_more}</span>
      </div>
    );
  }
  if (training === "paused") {
    return (
      <div className="notice notice-paused" data-notice="paused">
        <PausedIcon />
        <strong role="alert">{text.notice.paused}</strong>
        <span>{since ? fill(text.notice.paused_more, { age: age(now - since, text) }) : null}</span>
      </div>
    );
  }
  if (result) {
    return (
      <div className="notice notice-result" data-notice="result">
        <strong role="status">{result}</strong>
      </div>
    );
  }
  if (drama) {
    return (
      <div className="notice notice-drama" data-notice={drama.kind}>
        <strong role="status">{drama.text}</strong>
      </div>
    );
  }
  if (training === "waiting") {
    return (
      <div className="notice" data-notice="waiting">
        <WaitingIcon />
        <strong role="status">{text.notice.waiting}</strong>
      </div>
    );
  }
  return null;
}
