// As main.mjs, with plans that three threads share.
import { workerThreads } from "generative-agent/threads";
import { run } from "./program.mjs";

run({ threads: workerThreads(3) }).then(
  (result) => console.log(JSON.stringify(result)),
  (error) => console.log(JSON.stringify({ error: String(error) })),
);
