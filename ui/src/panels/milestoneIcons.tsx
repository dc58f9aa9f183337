import type { ReactNode } from "react";
import type { MilestoneKind } from "../protocol/messages.ts";
import { Icon } from "./icons.tsx";

/** A piece, seen from above. */
const PIECE = <path d="M8 1.8l4.2 2.1 1.5 10.3H2.3L3.8 3.9Z" />;
const PROMOTED = (
  <>
    {PIECE}
    <path d="M8 11.5V6.5M5.8 8.6L8 6.4l2.2 2.2" />
  </>
);
const TARGET = (
  <>
    <circle cx="8" cy="8" r="6.2" />
    <circle cx="8" cy="8" r="2.4" />
  </>
);

const DRAWINGS: Record<MilestoneKind, ReactNode> = {
  checkmate: (
    <>
      {PIECE}
      <path d="M6 7l4 4.5M10 7l-4 4.5" />
    </>
  ),
  win: <path d="M3.5 14.5V2M3.5 2.5H13l-2.4 3.2L13 9H3.5" />,
  castle: <path d="M3 14V3h2.2v2h1.7V3h2.2v2h1.7V3H13v11ZM6.5 14v-3.5h3V14" />,
  dragon: PROMOTED,
  horse: PROMOTED,
  safe_rook: <path d="M8 1.8l5.4 2v4c0 3-2.2 5.4-5.4 6.6-3.2-1.2-5.4-3.6-5.4-6.6v-4Z" />,
  games: <path d="M2.5 2.5h11v11h-11ZM6.2 2.5v11M9.8 2.5v11M2.5 6.2h11M2.5 9.8h11" />,
  updates: (
    <path d="M13 6.2A5.4 5.4 0 0 0 3.2 5M3 9.8A5.4 5.4 0 0 0 12.8 11M3.2 1.800V5h3.200M12.8 14.200V11H9.6" />
  ),
  score: TARGET,
  skill: TARGET,
  elo: <path d="M2.5 14V9.500h2.800V14ZM6.6 14V6h2.800v8ZM10.7 14V2.500h2.800V14Z" />,
  breakthrough: (
    <path d="M8 1.600l1.9 4 4.4.5-3.3 3 .9 4.400L8 11.3 4.1 13.5 5 9.100l-3.3-3 4.4-.5Z" />
  ),
  longest_game: <path d="M1.8 8h12.400M4.6 5L1.8 8l2.8 3M11.4 5l2.8 3-2.8 3" />,
  shortest_game: (
    <path d="M1.5 8h4.700M3.8 5.400L6.4 8l-2.6 2.600M14.5 8H9.800M12.2 5.400L9.6 8l2.6 2.6" />
  ),
  swing: <path d="M1.6 11.500l4-6 3.2 6.5 4.6-9M10.2 3.400l3.2-.6.9 3.2" />,
};

export function MilestoneIcon({ kind }: { kind: MilestoneKind }) {
  return <Icon>{DRAWINGS[kind]}</Icon>;
}
