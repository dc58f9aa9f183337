import { day, timeToTheSecond } from "../store/format.ts";
import { useLookBack, useStream, useText } from "../store/hooks.ts";
import { SPEEDS, type Speed } from "../store/lookBack.ts";
import { PausedIcon, RunningIcon } from "./icons.tsx";

function SpeedChoice() {
  const text = useText();
  const speed = useLookBack((state) => state.speed);
  const setSpeed = useLookBack((state) => state.setSpeed);
  const chosen = (value: string): Speed => SPEEDS.find((one) => String(one) === value) ?? 1;
  return (
    <select
      value={speed}
      aria-label={text.past.speed}
      data-past-speed
      onChange={(event) => setSpeed(chosen(event.target.value))}
    >
      {SPEEDS.map((one) => (
        <option key={one} value={one}>{`${one}×`}</option>
      ))}
    </select>
  );
}

/** What keeps the past from being shown, if anything does. */
function Trouble() {
  const text = useText();
  const failed = useLookBack((state) => state.failed);
  const moment = useLookBack((state) => state.moment);
  const open = useLookBack((state) => state.open);
  if (failed === null || moment === null) return null;
  return (
    <span role="alert" data-past-failed={failed}>
      {text.past.failed[failed]}{" "}
      <button type="button" className="archive-door" onClick={() => open(moment)}>
        {text.archive.again}
      </button>
    </span>
  );
}

/** Leads through what was on air before, below its board. */
export function LookBackBar() {
  const text = useText();
  const language = useStream((state) => state.language);
  const moment = useLookBack((state) => state.moment);
  const range = useLookBack((state) => state.range);
  const isPlaying = useLookBack((state) => state.isPlaying);
  const isLooking = useLookBack((state) => state.isLooking);
  const { play, pause, seek, goLive } = useLookBack((state) => state);
  if (moment === null) return null;
  const label = isPlaying ? text.past.pause : text.past.play;
  const time = timeToTheSecond(moment);
  const date = `${day(moment, language)}, ${time}`;
  return (
    <div
      className="map-control game-steps look-back"
      data-past={Math.floor(moment)}
      aria-busy={isLooking}
    >
      <div className="segments">
        <button
          type="button"
          className="segment"
          data-past-playing={isPlaying}
          aria-label={label}
          title={label}
          onClick={isPlaying ? pause : play}
        >
          {isPlaying ? <PausedIcon /> : <RunningIcon />}
        </button>
      </div>
      <input
        type="range"
        min={range?.from ?? moment}
        max={range?.to ?? moment}
        step={1}
        value={moment}
        aria-label={text.past.position}
        aria-valuetext={date}
        data-past-position
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="figure steps-ply" title={date}>
        {time}
      </span>
      <SpeedChoice />
      <button type="button" className="archive-door" data-past-live onClick={goLive}>
        {text.archive.back}
      </button>
      <Trouble />
    </div>
  );
}
