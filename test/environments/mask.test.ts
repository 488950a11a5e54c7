import { test } from "uvu";
import * as assert from "uvu/assert";
import { type ActionMask, allows, maskProblem, writeMask } from "../../src/environments/mask.ts";
import { box, discrete, multiDiscrete } from "../../src/environments/spaces.ts";

const written = (space: Parameters<typeof writeMask>[0], mask: ActionMask, size: number) => {
  const out = new Float32Array(size).fill(7);
  writeMask(space, mask, out);
  return [...out];
};

test("a mask is a row of 0 and 1, one list after the other", () => {
  assert.equal(written(discrete(3), [1, 0, 1], 3), [1, 0, 1]);
  assert.equal(written(discrete(3), Int8Array.of(0, 0, 1), 3), [0, 0, 1]);
  assert.equal(
    written(
      multiDiscrete([2, 3]),
      [
        [true, false],
        [0, 1, 1],
      ],
      5,
    ),
    [1, 0, 0, 1, 1],
  );
});

test("an action is allowed where each of its choices is", () => {
  assert.equal(
    [0, 1, 2].map((action) => allows(discrete(3), [1, 0, 1], action)),
    [true, false, true],
  );
  const mask = [
    [1, 0],
    [0, 1, 1],
  ];
  assert.equal(
    [
      [0, 1],
      [1, 1],
      [0, 0],
    ].map((action) => allows(multiDiscrete([2, 3]), mask, action)),
    [true, false, false],
  );
});

for (const [space, mask, message] of [
  [discrete(3), [1, 0], "actionMask: expected [3] values, got [2]"],
  [discrete(2), 1, "actionMask: expected [2] values, got 1"],
  [discrete(2), [1, 2], "actionMask[1]: expected 0 or 1, got 2"],
  [discrete(2), ["0", 1], 'actionMask[0]: expected 0 or 1, got "0"'],
  [discrete(2), [0, 0], "actionMask: expected a choice that is allowed, got none"],
  [multiDiscrete([2, 2]), [[1, 1]], "actionMask: expected [2] values, got [1]"],
  [
    multiDiscrete([2, 2]),
    [
      [1, 1],
      [0, 0],
    ],
    "actionMask[1]: expected a choice that is allowed, got none",
  ],
  [multiDiscrete([2, 2]), [1, 1], "actionMask[0]: expected [2] values, got 1"],
  [box([0], [1]), [1], "actionMask: expected none, as actions are of a box, got an array"],
] as const)
  test(`names the fault of ${JSON.stringify(mask)}`, () => {
    const problem = maskProblem(space, mask);
    assert.is(`${problem?.what}: ${problem?.message}`, message);
  });

test("no mask is no fault", () => {
  assert.is(maskProblem(box([0], [1]), undefined), undefined);
});
test("where no action follows, none need be allowed", () => {
  const none: ActionMask = [0, 0, 0];
  assert.match(maskProblem(discrete(3), none)?.message ?? "", /allowed, got none/);
  assert.is(maskProblem(discrete(3), none, true), undefined);
  assert.is(maskProblem(multiDiscrete([2, 3]), [[0, 0], none], true), undefined);
  assert.match(maskProblem(discrete(3), [0, 0], true)?.message ?? "", /expected \[3\] values/);
});

test.run();
