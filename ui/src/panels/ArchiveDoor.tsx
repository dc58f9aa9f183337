import { EVERYTHING } from "../store/archiveAddress.ts";
import { useArchive, useStream, useText } from "../store/hooks.ts";

/** The way into the archive of finished games, and out of it. */
export function ArchiveDoor() {
  const text = useText();
  const isOpen = useArchive((state) => state.place !== null);
  const go = useArchive((state) => state.go);
  const isReplay = useStream((state) => state.replay !== null);
  if (isReplay && !isOpen) return null; // a recording keeps no games
  return (
    <button
      type="button"
      className="archive-door"
      data-archive-door={isOpen ? "out" : "in"}
      onClick={() => go(isOpen ? null : EVERYTHING)}
    >
      {isOpen ? text.archive.back : text.archive.open}
    </button>
  );
}
