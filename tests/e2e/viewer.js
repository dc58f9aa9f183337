// A viewer without a page: for tests that ask what the showcase says.
import WebSocket from "ws";
import { holdAgainstSchema } from "./schema.js";

/** The data of the first message of a type that satisfies `isIt`, at most 60 s from now. */
export function seen({ port, hello = {} }, type, isIt = () => true, within = 60_000) {
  return new Promise((done, failed) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    const end = (finish, value) => {
      clearTimeout(timer);
      socket.terminate();
      finish(value);
    };
    const timer = setTimeout(() => end(failed, new Error(`no such ${type}`)), within);
    socket.on("error", (error) => end(failed, error));
    socket.on("open", () => socket.send(JSON.stringify({ type: "hello", data: hello })));
    socket.on("message", (text) => {
      holdAgainstSchema(text);
      const message = JSON.parse(text);
      if (message.type === type && isIt(message.data)) end(done, message.data);
    });
  });
}
