import { connect, type Socket, type SocketEvents } from "../connection/connection.ts";
import { LineChoice, openEvents } from "../connection/events.ts";
import type { Hello } from "../protocol/messages.ts";
import {
  loadSettings,
  type Memory,
  type Settings,
  saveSettings,
  settingsSearch,
} from "../store/settings.ts";
import { wantsPast } from "../store/slices/runHistory.ts";
import { createStreamStore, type StreamStore } from "../store/streamStore.ts";

/** The history that a hello brings is up to ten seconds old. */
const HISTORY_AGE_MS = 11_000;

function helloOf({ level, language }: Settings): Hello {
  return { level, language, channels: ["all"], max_fps: 10, quality: "high" };
}

function streamAddress({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`;
}

function openSocket(address: string, events: SocketEvents): Socket {
  const socket = new WebSocket(address);
  socket.onopen = () => events.opened();
  socket.onmessage = (event) => events.received(event.data);
  socket.onclose = (event) => events.closed(event.reason);
  return socket;
}

/** A WebSocket, or events where none ever says anything. */
function openLine(page: Window, choice: LineChoice, events: SocketEvents): Socket {
  let isHeard = false;
  let isOver = false;
  const over = () => {
    if (!isOver) choice.ended(isHeard);
    isOver = true;
  };
  const watched: SocketEvents = {
    opened: events.opened,
    received(data) {
      isHeard = true;
      events.received(data);
    },
    closed(words) {
      over();
      events.closed(words);
    },
  };
  const socket =
    choice.next() === "socket"
      ? openSocket(streamAddress(page.location), watched)
      : openEvents("/events", watched, (address) => new EventSource(address));
  return {
    send: (text) => socket.send(text),
    close() {
      over();
      socket.close();
    },
  };
}

const NO_MEMORY: Memory = { getItem: () => null, setItem: () => {} };

/** localStorage, or nothing where the browser forbids even to ask for it. */
function memoryOf(page: Window): Memory {
  try {
    return page.localStorage;
  } catch {
    return NO_MEMORY;
  }
}

/** Ties store, connection, memory and address together. */
export function startStream(page: Window): StreamStore {
  const memory = memoryOf(page);
  const settings = loadSettings(page.location.search, memory, page.navigator.language);
  const store = createStreamStore(settings);
  const { receive, refuse, setConnectionStatus } = store.getState();

  const choice = new LineChoice();
  const connection = connect({
    open: (events) => openLine(page, choice, events),
    hello: helloOf(settings),
    onState: setConnectionStatus,
    onMessage: (message) => receive(message, Date.now() / 1000),
    onBadMessage: (reason) => {
      console.warn(`unreadable message: ${reason}`);
      refuse();
    },
  });
  page.addEventListener("online", () => connection.retryNow());

  let asking: ReturnType<typeof setTimeout> | undefined;
  store.subscribe(({ runHistory }, before) => {
    if (runHistory === before.runHistory || asking || !wantsPast(runHistory)) return;
    asking = setTimeout(() => {
      asking = undefined;
      const now = store.getState();
      if (wantsPast(now.runHistory)) connection.wish(helloOf(now));
    }, HISTORY_AGE_MS);
  });

  store.subscribe((now, before) => {
    if (now.level === before.level && now.language === before.language && now.map === before.map) {
      return;
    }
    saveSettings({ level: now.level, language: now.language, map: now.map }, memory);
    page.history.replaceState(null, "", settingsSearch(now, page.location.search));
    if (now.level !== before.level || now.language !== before.language)
      connection.wish(helloOf(now));
  });
  return store;
}
