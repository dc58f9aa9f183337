export interface Measured {
  at: number;
  /** Of its interval; null where nobody knows how sure it is. */
  low: number | null;
  high: number | null;
}

export interface Scale {
  low: number;
  high: number;
}

function place(value: number, { low, high }: Scale): number {
  if (high <= low) return 50;
  return Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)));
}

interface RulerProps {
  scale: Scale;
  now: Measured;
  /** Where it was. */
  then?: Measured | null;
  /** Who is measured: the network, or what it is measured by. */
  kind: "network" | "past" | "anchor";
}

function Interval({ of, scale, kind }: { of: Measured; scale: Scale; kind: string }) {
  if (of.low === null || of.high === null) return null;
  const [from, to] = [place(of.low, scale), place(of.high, scale)];
  return (
    <span
      className={`ruler-interval ruler-${kind}`}
      style={{ left: `${from}%`, width: `${to - from}%` }}
    />
  );
}

/** A value on a line, with its interval; and hollow, where it was. Drawn beside its words. */
export function Ruler({ scale, now, then, kind }: RulerProps) {
  return (
    <span className="ruler" aria-hidden="true">
      {then ? <Interval of={then} scale={scale} kind="then" /> : null}
      <Interval of={now} scale={scale} kind={kind} />
      {then ? (
        <span className="ruler-point ruler-then" style={{ left: `${place(then.at, scale)}%` }} />
      ) : null}
      <span className={`ruler-point ruler-${kind}`} style={{ left: `${place(now.at, scale)}%` }} />
    </span>
  );
}
