import type { MetricReading } from "../protocol/messages.ts";
import { useText } from "../store/hooks.ts";

/** Where the meter's three zones meet, as shares of the limit: calm steps, steady steps, too big. */
const CALM_TO_STEADY = 0.15;
const END_OF_SCALE = 2;

/** Place of a step on the meter, 0…1: each zone takes a third. */
export function meterPlace(value: number, limit: number): number {
  const size = value / limit;
  if (size < CALM_TO_STEADY) return size / CALM_TO_STEADY / 3;
  if (size < 1) return (1 + (size - CALM_TO_STEADY) / (1 - CALM_TO_STEADY)) / 3;
  return Math.min(1, (2 + (size - 1) / (END_OF_SCALE - 1)) / 3);
}

/** The beginner's picture: how big the last learning step was, in words instead of figures. */
export function StepMeter({ kl, update }: { kl: MetricReading; update: number }) {
  const text = useText();
  if (kl.value === null || kl.limit === null) return null;
  const place = meterPlace(kl.value, kl.limit);
  const zones = [text.health.meter_small, text.health.meter_good, text.health.meter_big] as const;
  const zone = zones[Math.min(2, Math.floor(place * 3))];
  return (
    <div
      className="meter"
      role="img"
      aria-label={`${text.health.meter}: ${zone}`}
      data-metric="kl_divergence"
      data-value={kl.value}
      data-update={update}
    >
      <p className="meter-title">{text.health.meter}</p>
      <div className="meter-track">
        <span className="meter-zone meter-zone-small" />
        <span className="meter-zone meter-zone-good" />
        <span className="meter-zone meter-zone-big" />
        <span className="meter-needle" style={{ left: `${place * 100}%` }} />
      </div>
      <div className="meter-words">
        {zones.map((word) => (
          <span key={word} data-here={word === zone}>
            {word}
          </span>
        ))}
      </div>
    </div>
  );
}
