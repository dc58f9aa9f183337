import { type ReactNode, useId } from "react";
import type { Face } from "../store/faces.ts";
import { age } from "../store/format.ts";
import { useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";

interface PanelProps {
  name: string;
  title: string;
  /** Stands in the title's place for those who see: a choice of what the place shows. */
  heading?: ReactNode;
  face: Face;
  waiting: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** The frame all panels share, and three of their four faces; the fourth is their content. */
export function Panel({ name, title, heading, face, waiting, aside, children }: PanelProps) {
  const text = useText();
  const id = useId();
  return (
    <section
      className={`panel panel-${name}`}
      aria-labelledby={id}
      data-panel={name}
      data-face={face.kind}
    >
      <header className="panel-header">
        <h2 id={id} className={heading ? "visually-hidden" : undefined}>
          {title}
        </h2>
        {heading}
        {face.kind === "stale" ? (
          <span className="panel-age">
            {face.lost ? `${text.face.lost} · ` : ""}
            {fill(text.face.stale, { age: age(face.age, text) })}
          </span>
        ) : (
          <span className="panel-aside">{face.kind === "live" ? aside : null}</span>
        )}
      </header>
      {face.kind === "waiting" || face.kind === "unavailable" ? (
        <p className="panel-waiting">{waiting}</p>
      ) : (
        <div className="panel-body">{children}</div>
      )}
    </section>
  );
}
