/** The scenario for Node, Deno and Bun. */
import { scenario } from "../scenario.ts";

scenario().then((hash) => console.log(hash));
