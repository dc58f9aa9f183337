import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { historyTicks } from "../store/format.ts";
import type { HistoryKey, HistoryLines } from "../store/historyLines.ts";
import { colorsOf, plotData, plotOptions } from "./historyPlot.ts";

interface HistoryChartProps {
  lines: HistoryLines;
  of: HistoryKey;
  label: string;
}

/** Draws a run's lines, and redraws them as they grow or their place does. */
export default function HistoryChart({ lines, of, label }: HistoryChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const drawn = useRef(lines);
  drawn.current = lines;
  const branches = lines.branches.length;

  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const options = plotOptions(branches, colorsOf(box), (ticks) => historyTicks(of, ticks));
    const size = () => ({ width: box.clientWidth, height: box.clientHeight });
    const made = new uPlot({ ...options, ...size() }, plotData(drawn.current), box);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize(size()));
    observer.observe(box);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [branches, of]);

  useEffect(() => plot.current?.setData(plotData(lines)), [lines]);

  return <div className="history-chart" ref={place} role="img" aria-label={label} />;
}
