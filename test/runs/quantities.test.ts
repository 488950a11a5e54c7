import { test } from "uvu";
import * as assert from "uvu/assert";
import type { LoggedEpisode } from "../../src/runs/log.ts";
import { QUANTITIES, type Quantity } from "../../src/runs/quantities.ts";
import { episodesOf } from "../helpers/episodes.ts";

const plans = {
  ...{ planned: 7, habitAgreement: 0.5, scoreSpread: 2, effectiveSampleSize: 12, beliefSampleSize: 9 },
  ...{ rewarding: 3, terminal: 1 },
};

test("reads of an episode what it is called after; of an old log nothing", () => {
  const [episode] = episodesOf([7]);
  const read = (of: LoggedEpisode) =>
    Object.values(QUANTITIES).flatMap(({ lines }: Quantity) => Object.values(lines).map((line) => line(of)));
  assert.equal(read({ ...episode, plans }), [7, -3, 0.5, 0, -0.25, -2.75, 9, 0.25, 0.5]);
  const { bound: _bound, modelError: _error, ...old } = episode;
  assert.equal(read(old as LoggedEpisode), [7, ...Array(8).fill(undefined)]);
});

test.run();
