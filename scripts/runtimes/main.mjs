// The entry of a process, a page or a bundle: the result as one line of JSON, and as `globalThis.result`.
import { run } from "./program.mjs";

globalThis.result = run();
globalThis.result.then(
  (result) => console.log(JSON.stringify(result)),
  (error) => console.log(JSON.stringify({ error: String(error) })),
);
