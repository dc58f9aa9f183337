import { useArchive, useLookBack, useStream, useText } from "../store/hooks.ts";

/** The way into what was on air before, where the show keeps it. */
export function LookBackDoor() {
  const text = useText();
  const open = useLookBack((state) => state.open);
  const looksBack = useLookBack(({ moment }) => moment !== null);
  const readsArchive = useArchive(({ place }) => place !== null);
  const keeps = useStream((state) => Boolean(state.latest.connection_established?.data.range));
  if (looksBack || readsArchive || !keeps) return null;
  return (
    <button type="button" className="archive-door" data-look-back onClick={() => open()}>
      {text.past.open}
    </button>
  );
}
