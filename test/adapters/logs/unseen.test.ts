import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCoverage } from "../../../src/adapters/logs/unseen.ts";
import { box, discrete, multiDiscrete } from "../../../src/environments/spaces.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const spaces = { observationSpace: box([-9, -9], [9, 9]), actionSpace: box([-2], [2]) };

function coverageOf(
  action: (random: () => number) => number,
  state: (random: () => number) => readonly number[],
) {
  const random = mulberry32(1);
  const coverage = createCoverage(spaces);
  for (let n = 0; n < 2000; n++) coverage.add([...state(random)], [action(random)]);
  return coverage.unseen();
}

const anywhere = (random: () => number) => [random(), random()];

test("a log of all actions in all states leaves little unknown", async () => {
  const { nats, sentences, actions } = await coverageOf((random) => 4 * random() - 2, anywhere);
  assert.equal(sentences, []);
  assert.ok(nats.otherActions < 1.5 * nats.seen, JSON.stringify(nats));
  assert.ok(nats.otherStates < 1.5 * nats.seen, JSON.stringify(nats));
  assert.ok(nats.seen > 0 && nats.seen < 0.05, JSON.stringify(nats));
  assert.equal(actions[0].allowed, [-2, 2]);
});

test("a log of one action does not tell what others do", async () => {
  const { nats, sentences, actions } = await coverageOf(() => 0.5, anywhere);
  assert.ok(nats.otherActions > 20 * nats.seen, JSON.stringify(nats));
  assert.equal(actions, [{ seen: [0.5, 0.5], allowed: [-2, 2], neverTaken: [] }]);
  assert.match(
    sentences[0],
    /^the log does not tell what other actions do: [\d.]+ nats of novelty, [\d.]+ at what it has$/,
  );
  assert.is(sentences.at(-1), "the log has few actions: action 0: 0.500 to 0.500 of -2 to 2");
});

test("a log of states on a line does not tell what happens beside it", async () => {
  const { nats, sentences } = await coverageOf(
    (random) => 4 * random() - 2,
    (random) => {
      const x = random();
      return [x, x];
    },
  );
  assert.ok(nats.otherStates > 10 * nats.seen, JSON.stringify(nats));
  assert.ok(nats.otherActions < 2 * nats.seen, JSON.stringify(nats));
  assert.match(sentences[0], /^the log does not tell what happens in other states: /);
});

test("choices that were never taken, and what never changed, are named", async () => {
  const coverage = createCoverage({ ...spaces, actionSpace: discrete(4) });
  for (let n = 0; n < 100; n++) coverage.add([n / 100, 3], n % 2);
  const { actions, constant, sentences } = await coverage.unseen();
  assert.equal(actions, [{ seen: [0, 1], allowed: [0, 3], neverTaken: [2, 3] }]);
  assert.equal(constant, [1]);
  assert.ok(sentences.includes("the log has few actions: action 0: never 2, 3"), sentences.join("; "));
  assert.ok(
    sentences.includes("the log does not tell what follows from observation 1: it never changed"),
    sentences.join("; "),
  );
  const pairs = createCoverage({ ...spaces, actionSpace: multiDiscrete([2, 3]) });
  for (let n = 0; n < 50; n++) pairs.add([n, -n], [n % 2, 1]);
  assert.equal(
    (await pairs.unseen()).actions.map(({ neverTaken }) => neverTaken),
    [[], [0, 2]],
  );
});

test.run();
