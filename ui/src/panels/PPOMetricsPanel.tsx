import type { ReactNode } from "react";
import type { Metric, PpoMetrics } from "../protocol/messages.ts";
import { metricsFace } from "../store/faces.ts";
import { count, figure } from "../store/format.ts";
import { useFace, useLatest, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";
import { HealthLamps } from "./HealthLamps.tsx";
import { MetricCard } from "./MetricCard.tsx";
import { Panel } from "./Panel.tsx";
import { StatusIndicator } from "./StatusIndicator.tsx";
import { Terms } from "./Terms.tsx";

const RAW: (keyof UiText["health"]["raw_names"] & Metric)[] = [
  "policy_loss",
  "value_loss",
  "learning_rate",
  "grad_norm",
];

function RawNumbers({ metrics }: { metrics: PpoMetrics["metrics"] }) {
  const text = useText();
  return (
    <dl className="raw-numbers" aria-label={text.health.raw}>
      {RAW.map((name) => (
        <div key={name} data-raw={name} data-value={metrics[name] ?? ""}>
          <dt>{text.health.raw_names[name]}</dt>
          <dd className="figure">{metrics[name] === null ? "–" : figure(metrics[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Learning health: one sentence, then as much as the level asks for. */
export function PPOMetricsPanel({ heading }: { heading?: ReactNode }) {
  const text = useText();
  const face = useFace(metricsFace);
  const latest = useLatest("ppo_metrics");
  const chosen = useStream((state) => state.level);
  // Numbers made for a beginner are none: they are shown as that until the answer comes.
  const level = latest?.level ?? chosen;
  const metrics = latest?.data;
  return (
    <Panel
      name="health"
      title={text.health.title}
      heading={heading}
      face={face}
      waiting={text.health.waiting}
      aside={metrics ? fill(text.health.age, { n: count(metrics.update) }) : null}
    >
      {metrics ? (
        <div data-update={metrics.update} data-testid="metrics">
          <p className="lead">
            <StatusIndicator health={metrics.educational.level} word={metrics.educational.state} />
            <span>
              <Terms of="learning" sentence={metrics.educational.explanation} />
            </span>
          </p>
          {level !== "beginner" && metrics.educational.next ? (
            <p className="panel-note" data-testid="next">
              <Terms of="learning" sentence={metrics.educational.next} />
            </p>
          ) : null}
          {level === "beginner" ? (
            <HealthLamps readings={metrics.readings} update={metrics.update} />
          ) : (
            <div className="metrics">
              {metrics.readings.map((metric) => (
                <MetricCard
                  key={metric.metric}
                  metric={metric}
                  level={level}
                  update={metrics.update}
                />
              ))}
            </div>
          )}
          {metrics.educational.remarks.length > 0 ? (
            <ul className="panel-note health-remarks" data-testid="remarks">
              {metrics.educational.remarks.map((remark) => (
                <li key={remark}>
                  <Terms of="learning" sentence={remark} />
                </li>
              ))}
            </ul>
          ) : null}
          {level === "advanced" ? <RawNumbers metrics={metrics.metrics} /> : null}
        </div>
      ) : null}
    </Panel>
  );
}
