/**
 * `node --import tsx studies/worlds/writeReferences.ts [WORLD …]`: computes the references of all worlds, or of some, and writes
 * them into `references.jsonl`. The same on every engine: the chance comes from the kernels.
 */
import { writeAtomically } from "../../src/runs/files.ts";
import { worlds } from "./index.ts";
import { REFERENCES, readReferences, referenceOf } from "./reference.ts";

const names = process.argv.slice(2);
for (const world of worlds.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const start = performance.now();
  const reference = await referenceOf(world);
  const all = { ...readReferences(), [world.name]: reference };
  const lines = worlds
    .filter(({ name }) => name in all)
    .map(({ name }) => `${JSON.stringify({ world: name, ...all[name] })}\n`);
  writeAtomically(REFERENCES, lines.join(""));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${world.name}: random ${reference.random}, ${JSON.stringify(reference.means)} (${seconds} s)`);
}
