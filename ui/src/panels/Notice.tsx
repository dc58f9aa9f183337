import { age } from "../store/format.ts";
import { useNow, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { DisconnectedIcon, PausedIcon, WaitingIcon } from "./icons.tsx";

/** What keeps the page from being live, said on the board itself. */
export function Notice() {
  const text = useText();
  const now = useNow();
  const connection = useStream((state) => state.connectionStatus);
  const training = useStream((state) => state.systemStatus?.data.training);
  const since = useStream((state) => state.systemStatus?.data.since);
  const hasGame = useStream((state) => state.gameState !== null);
  const result = useStream((state) => state.gameState?.data.result?.text);

  if (connection === "reconnecting" || (connection === "connecting" && hasGame)) {
    return (
      <div className="notice notice-lost" role="alert" data-notice="reconnecting">
        <DisconnectedIcon />
        <strong>{text.notice.reconnecting}</strong>
        <span>{text.notice.reconnecting_more}</span>
      </div>
    );
  }
  if (training === "paused") {
    return (
      <div className="notice notice-paused" role="alert" data-notice="paused">
        <PausedIcon />
        <strong>{text.notice.paused}</strong>
        <span>{since ? fill(text.notice.paused_more, { age: age(now - since, text) }) : null}</span>
      </div>
    );
  }
  if (result) {
    return (
      <div className="notice notice-result" role="status" data-notice="result">
        <strong>{result}</strong>
      </div>
    );
  }
  if (training === "waiting" && !hasGame) {
    return (
      <div className="notice" role="status" data-notice="waiting">
        <WaitingIcon />
        <strong>{text.notice.waiting}</strong>
      </div>
    );
  }
  return null;
}
