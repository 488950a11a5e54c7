/** Writes docs/architecture.svg: `npm run docs:house`, and first of all in `npm run docs`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawHouse } from "./draw.ts";
import { readSources } from "./sources.ts";

const path = fileURLToPath(new URL("../../docs/architecture.svg", import.meta.url));
writeFileSync(path, drawHouse(readSources("src", "assembly")));
