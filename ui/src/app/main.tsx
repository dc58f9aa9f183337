import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ArchiveContext, LookBackContext, StreamContext } from "../store/hooks.ts";
import { App } from "./App.tsx";
import { startArchive } from "./startArchive.ts";
import { startLookBack } from "./startLookBack.ts";
import { startStream } from "./startStream.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const live = startStream(window);
const past = startLookBack(live);

createRoot(root).render(
  <StrictMode>
    <StreamContext value={live}>
      <ArchiveContext value={startArchive(window)}>
        <LookBackContext value={past.store}>
          <App past={past.shown} />
        </LookBackContext>
      </ArchiveContext>
    </StreamContext>
  </StrictMode>,
);
