import type { Level, MetricReading } from "../protocol/messages.ts";
import { reading, scaleOf } from "../store/format.ts";
import { useText } from "../store/hooks.ts";
import { FORMULAS, fill, ORIGINS, type UiText } from "../store/text.ts";
import { FallingIcon, RisingIcon, SteadyIcon, UnknownTrendIcon } from "./icons.tsx";
import { Sparkline } from "./Sparkline.tsx";
import { healthIcon, StatusIndicator } from "./StatusIndicator.tsx";
import { Terms } from "./Terms.tsx";

const TREND_ICONS = {
  unknown: UnknownTrendIcon,
  falling: FallingIcon,
  steady: SteadyIcon,
  rising: RisingIcon,
} as const;

interface MetricCardProps {
  metric: MetricReading;
  level: Level;
  update: number;
}

function trendWords({ trend, history }: MetricReading, text: UiText): string {
  if (trend === "unknown") return text.health.unknown;
  return fill(text.health.trend, { trend: text.health[trend], n: history.length });
}

/** The latest value, with the colour and icon that it has by itself. */
function NewestValue({ metric }: { metric: MetricReading }) {
  const text = useText();
  if (metric.value === null) return <span className="figure">{text.health.no_data}</span>;
  const NewestIcon = healthIcon(metric.newest);
  return (
    <span className={`newest status-${metric.newest ?? "unknown"}`}>
      {metric.newest === null ? null : <NewestIcon />}
      <span className="figure">{reading(metric.metric, metric.value)}</span>
    </span>
  );
}

/** One metric: figure, guide, state, meaning, trend and history. */
export function MetricCard({ metric, level, update }: MetricCardProps) {
  const text = useText();
  const TrendIcon = TREND_ICONS[metric.trend];
  const formula = FORMULAS[metric.metric];
  const trend = trendWords(metric, text);
  return (
    <article
      className="metric"
      data-metric={metric.metric}
      data-value={metric.value ?? ""}
      data-update={update}
      data-health={metric.health ?? ""}
      data-newest={metric.newest ?? ""}
    >
      <header className="metric-head">
        <h3>
          <Terms of="learning" sentence={metric.name} />
        </h3>
        <span className="metric-guide">{metric.guide_text}</span>
      </header>
      <p className="metric-value">
        <NewestValue metric={metric} />
        <span className="metric-trend" title={trend}>
          <TrendIcon />
          <span className="visually-hidden">{trend}</span>
        </span>
      </p>
      <Sparkline
        values={metric.history}
        health={metric.health}
        newest={metric.newest}
        guide={metric.guide}
        label={fill(text.health.history, { name: metric.name, n: metric.history.length })}
        {...scaleOf(metric.metric)}
      />
      <p className="metric-meaning">
        <StatusIndicator health={metric.health} word={metric.state} />{" "}
        <span className="metric-words">
          <Terms of="learning" sentence={metric.meaning} />
        </span>
      </p>
      {level === "advanced" ? (
        <details className="metric-source">
          <summary>{text.health.source}</summary>
          {formula ? <Formula mathml={formula} /> : null}
          {fill(text.health.origin, ORIGINS[metric.metric])}
        </details>
      ) : null}
    </article>
  );
}

const MATHML = new Set([
  "math",
  "mrow",
  "mi",
  "mo",
  "mn",
  "msub",
  "msup",
  "msubsup",
  "mfrac",
  "mover",
  "munder",
  "munderover",
  "msqrt",
  "mtext",
  "mspace",
  "mstyle",
  "semantics",
]);

/** Builds the formula element by element: text from outside never becomes markup of its choosing. */
function Formula({ mathml }: { mathml: string }) {
  return (
    <div
      className="metric-formula"
      ref={(place) => {
        if (!place) return;
        const parsed = new DOMParser().parseFromString(mathml, "text/xml").documentElement;
        const built = copyMath(parsed);
        place.replaceChildren(...(built ? [built] : []));
      }}
    />
  );
}

function copyMath(source: Element): Element | null {
  if (!MATHML.has(source.localName)) return null;
  const copy = document.createElementNS("http://www.w3.org/1998/Math/MathML", source.localName);
  // Without a mathematical font brackets stretch far beyond what they hold.
  if (source.localName === "mo") copy.setAttribute("stretchy", "false");
  for (const child of source.childNodes) {
    if (child instanceof Element) {
      const inner = copyMath(child);
      if (inner) copy.append(inner);
    } else {
      copy.append(child.textContent ?? "");
    }
  }
  return copy;
}
