import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ArchiveContext, StreamContext } from "../store/hooks.ts";
import { App } from "./App.tsx";
import { startArchive } from "./startArchive.ts";
import { startStream } from "./startStream.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <StreamContext value={startStream(window)}>
      <ArchiveContext value={startArchive(window)}>
        <App />
      </ArchiveContext>
    </StreamContext>
  </StrictMode>,
);
