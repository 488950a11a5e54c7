import { forwardCases, habitCases, trainingCases } from "../../src/bench/cases/networks.ts";
import { createCore } from "../../src/core/core.ts";
import { compare } from "../compare.ts";
import { plainForward, plainHabit, plainTraining } from "../plain.ts";

const core = await createCore({ bytes: 1 << 22 });

for (const { name, sizes, run } of forwardCases(core))
  compare(name, { wasm: run, typescript: plainForward(sizes) });

for (const { name, sizes, run } of trainingCases(core))
  compare(name, { wasm: run, typescript: plainTraining(sizes) });

for (const { name, sizes, run } of habitCases(core))
  compare(name, { wasm: run, typescript: plainHabit(sizes) });
