import { isSamePlace, placeIn, searchWith } from "../store/archiveAddress.ts";
import { type ArchiveStore, createArchiveStore } from "../store/archiveStore.ts";
import { ask } from "./ask.ts";

/** Ties what is read of the archive to the page's address. */
export function startArchive(page: Window): ArchiveStore {
  const store = createArchiveStore(ask);
  store.getState().go(placeIn(page.location.search));
  page.addEventListener("popstate", () => store.getState().go(placeIn(page.location.search)));
  store.subscribe(({ place }, { place: before }) => {
    if (place === before || isSamePlace(place, placeIn(page.location.search))) return;
    // Steps within a game are no places to come back to.
    const isStep = place?.run === before?.run && place?.game === before?.game && place !== null;
    const address = `${page.location.pathname}${searchWith(place, page.location.search)}`;
    if (isStep) page.history.replaceState(null, "", address);
    else page.history.pushState(null, "", address);
  });
  return store;
}
