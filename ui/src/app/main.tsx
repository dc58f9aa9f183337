import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { StreamContext } from "../store/hooks.ts";
import { App } from "./App.tsx";
import { startStream } from "./startStream.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <StreamContext value={startStream(window)}>
      <App />
    </StreamContext>
  </StrictMode>,
);
