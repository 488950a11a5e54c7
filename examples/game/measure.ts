/**
 * How soon the robot is skilled, without a page: `npx tsx examples/game/measure.ts 3600 10` plays three minutes at 20 decisions a
 * second with each of ten seeds, and prints when it first stood for thirty seconds, and the stars of each minute.
 */
import { createAgent } from "generative-agent";
import { createRound } from "./round.ts";
import { createGame, FRAMES } from "./world.ts";

const [steps = 3600, seeds = 10] = process.argv.slice(2).map(Number);
/** Decisions of thirty seconds, and of a minute. */
const [STOOD, MINUTE] = [600, 1200];

const skilled: number[] = [];
for (let seed = 1; seed <= seeds; seed++) {
  const game = createGame();
  const decide = createRound(await createAgent(game, { seed }), game, seed);
  const stars = new Array<number>(Math.ceil(steps / MINUTE)).fill(0);
  let [since, first, falls] = [0, Number.POSITIVE_INFINITY, 0];
  const animate = (frame: () => void) => {
    for (let i = 0; i < FRAMES; i++) frame();
  };
  for (let step = 1; step <= steps; step++) {
    const { hasFallen, hasStar } = await decide({ animate });
    if (hasStar) stars[Math.floor((step - 1) / MINUTE)]++;
    if (hasFallen) [since, falls] = [step, falls + 1];
    // what counts is when the stand began, and that it lasted
    if (step - since >= STOOD && first > since) first = since;
  }
  skilled.push(first);
  console.log(
    `seed ${seed}: stands from decision ${first} on, ${falls} falls, stars a minute ${stars.join(", ")}`,
  );
}
const sorted = skilled.sort((a, b) => a - b);
const median = sorted[Math.floor((sorted.length - 1) / 2)];
console.log(`median: the first stand of thirty seconds begins after ${median} decisions, ${median / 20} s`);
