import { figure, percent } from "../store/format.ts";
import { useStream, useText } from "../store/hooks.ts";
import { attentionOnBoard, movesAgo, predictionsOnBoard } from "../store/onBoard.ts";
import { MAP_MODES, type MapMode } from "../store/settings.ts";
import { fill } from "../store/text.ts";
import { fullShare } from "./scene.ts";

function MapTabs() {
  const text = useText();
  const map = useStream((state) => state.map);
  const change = useStream((state) => state.change);
  return (
    <fieldset className="segments map-tabs">
      <legend className="visually-hidden">{text.map.title}</legend>
      {MAP_MODES.map((mode) => (
        <button
          key={mode}
          type="button"
          aria-pressed={map === mode}
          className={mode === "matters" ? "segment segment-unavailable" : "segment"}
          data-map={mode}
          title={text.map[`${mode}_long`]}
          onClick={() => change({ map: mode })}
        >
          {text.map[mode]}
        </button>
      ))}
    </fieldset>
  );
}

interface Scale {
  low: string;
  high: string;
  detail: string;
}

/** The ends of the colour scale, null while the map of this position is not there. */
function useScale(map: MapMode): Scale | null {
  const text = useText();
  const destinations = useStream(predictionsOnBoard)?.destinations;
  const attention = useStream(attentionOnBoard);
  const age = useStream(movesAgo);
  const isAdvanced = useStream((state) => state.level === "advanced");
  if (map === "destinations" && destinations) {
    return { low: percent(0, 0), high: percent(fullShare(destinations), 0), detail: "" };
  }
  if (map === "activity" && attention) {
    const { block, min, max } = attention;
    const earlier = age > 0 ? fill(text.map.as_of, { n: attention.ply }) : "";
    const where = fill(text.map.activity_detail, { block });
    const range = fill(text.map.min_max, { min: figure(min), max: figure(max) });
    return {
      low: text.map.low,
      high: text.map.high,
      detail: [earlier, ...(isAdvanced ? [where, range] : [])].filter(Boolean).join(" · "),
    };
  }
  return null;
}

/** Which map lies over the board, and its legend with units: one choice, one sentence. */
export function AttentionHeatmapOverlay() {
  const text = useText();
  const map = useStream((state) => state.map);
  const ended = useStream((state) => !!state.latest.game_state?.data.result);
  const level = useStream((state) => state.level);
  const scale = useScale(map);
  const needsMap = map === "destinations" || map === "activity";
  const waits = needsMap && !scale && !ended;
  return (
    <div className="map-control" data-testid="map">
      <MapTabs />
      <div className="map-legend">
        {scale && !ended ? (
          <div className="map-scale">
            <span>{scale.low}</span>
            <span className={`map-gradient map-gradient-${map}`} aria-hidden="true" />
            <span>{scale.high}</span>
            {scale.detail ? <span className="map-detail">{scale.detail}</span> : null}
          </div>
        ) : null}
        <p className="map-caption" title={text.map[`${map}_long`]}>
          {waits ? text.map.waiting : text.map[`${map}_caption`]}
        </p>
      </div>
      {level === "beginner" ? <p className="board-key">{text.board.key}</p> : null}
    </div>
  );
}
