import { test } from "uvu";
import * as assert from "uvu/assert";
import { readPomdp } from "../../../src/models/pomdp/readPomdp.ts";
import { tabularOf } from "../../../src/models/sparse/tables.ts";

const HEAD = "discount: 0.9\nstates: a b\nactions: go stay\nobservations: x y z\n";

function tablesOf(text: string) {
  return tabularOf(readPomdp(HEAD + text)).tables;
}

const SEEN = "O: * uniform\n";
for (const [text, expected] of [
  [
    "T: * identity",
    [
      [
        [1, 0],
        [1, 0],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ],
  ],
  [
    "T: * uniform",
    [
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    ],
  ],
  [
    "T: go\n0.1 0.9\n0.2 0.8\nT: stay identity",
    [
      [
        [0.1, 0.9],
        [1, 0],
      ],
      [
        [0.2, 0.8],
        [0, 1],
      ],
    ],
  ],
  [
    "T: * identity T: 0 : b 0.3 0.7",
    [
      [
        [1, 0],
        [1, 0],
      ],
      [
        [0.3, 0.7],
        [0, 1],
      ],
    ],
  ],
  [
    "T: * identity\nT: stay : * : a 0\nT: stay : * : b 1",
    [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ],
  ],
  [
    "T:*:*:*0.5\nT:go:a uniform",
    [
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    ],
  ],
  [
    "T: * identity\nT: go : * uniform",
    [
      [
        [0.5, 0.5],
        [1, 0],
      ],
      [
        [0.5, 0.5],
        [0, 1],
      ],
    ],
  ],
  [
    "start: 0.25 0.75\nT: * identity\nT: go : b\nreset",
    [
      [
        [1, 0],
        [1, 0],
      ],
      [
        [0.25, 0.75],
        [0, 1],
      ],
    ],
  ],
  [
    "T: * : a reset\nT: * identity\nstart: b",
    [
      [
        [1, 0],
        [1, 0],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ],
  ],
] as [string, number[][][]][])
  test(`reads ${JSON.stringify(text)}`, () => {
    assert.equal(tablesOf(`${text}\n${SEEN}`).transition, expected);
  });

const third = [1 / 3, 1 / 3, 1 / 3];
for (const [text, expected] of [
  [
    "O: * uniform",
    [
      [third, third],
      [third, third],
    ],
  ],
  [
    "O: go\n1 0 0\n0 1 0\nO: stay uniform",
    [
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      [third, third],
    ],
  ],
  [
    "O: * uniform O: * : b 0 .5 .5",
    [
      [third, [0, 0.5, 0.5]],
      [third, [0, 0.5, 0.5]],
    ],
  ],
  [
    "O: *:*:*0 O: *:*:y 1.0 O: 1:0:y 0.5 O: stay : a : 2 5e-1",
    [
      [
        [0, 1, 0],
        [0, 1, 0],
      ],
      [
        [0, 0.5, 0.5],
        [0, 1, 0],
      ],
    ],
  ],
  [
    "O: * : * uniform",
    [
      [third, third],
      [third, third],
    ],
  ],
] as [string, number[][][]][])
  test(`reads ${JSON.stringify(text)}`, () => {
    assert.equal(tablesOf(`T: * identity\n${text}`).observation, expected);
  });

test("an observation that is always the same", () => {
  const text = "discount:1 values:reward states:2 actions:1 observations:1 T:0 identity O: * : * : * 1.0";
  assert.equal(tabularOf(readPomdp(text)).tables.observation, [[[1], [1]]]);
});

const STEADY = "T: * uniform\nO: * uniform\n";
for (const [text, kind, values] of [
  ["", "action", [0, 0, 0, 0]],
  ["R: go : * : * : * -1", "action", [-1, 0, -1, 0]],
  ["R: * : a : * : * 2 R: stay : a : * : * 3", "action", [2, 3, 0, 0]],
  ["R: * : * : b : * 4", "next", [0, 4, 0, 4, 0, 4, 0, 4]],
  ["R: stay : b : a : y 5", "observation", [...new Array(19).fill(0), 5, 0, 0, 0, 0]],
  ["R: stay : b : a 1 2 3", "observation", [...new Array(18).fill(0), 1, 2, 3, 0, 0, 0]],
  ["R: stay : b\n1 2 3\n4 5 6", "observation", [...new Array(18).fill(0), 1, 2, 3, 4, 5, 6]],
  ["R: go : a\n7 7 7\n7 7 7", "action", [7, 0, 0, 0]],
] as [string, string, number[]][])
  test(`reads ${JSON.stringify(text)}`, () => {
    const { reward } = readPomdp(HEAD + STEADY + text);
    assert.equal([reward.dependsOn, [...reward.values]], [kind, values]);
  });

test("costs are rewards negated, and no −0", () => {
  const { reward } = readPomdp(`values: cost\n${HEAD}${STEADY}R: go : * : * : * 2\nR: stay : a : * : * 0`);
  assert.equal([...reward.values], [-2, 0, -2, 0]);
  assert.ok(Object.is(reward.values[1], 0));
});

for (const [text, message] of [
  ["T: run identity", /^line 5: expected one of the actions go, stay, or \*, got run$/],
  ["T: 2 identity", /^line 5: expected one of the actions go, stay, or \*, got 2$/],
  ["T identity", /^line 5: expected a name of one of the observations, .* got T$/],
  ["T: go : c : a 1", /^line 5: expected one of the states a, b, or \*, got c$/],
  ["T: go : a : b", /^line 5: expected a probability, got the end of the file$/],
  ["T: go : a : b 1.5", /^line 5: expected a probability in \[0, 1\], got 1.5$/],
  ["T: go : a : b -0.5", /^line 5: expected a probability in \[0, 1\], got -0.5$/],
  ["T: go\n1 0\n0\nT: stay identity", /^line 8: expected number 2 of 2 of row 1 of T's matrix, got T$/],
  ["T: go : a\n1 0 0", /^line 6: expected discount, .* or R after the numbers of T, got 0$/],
  ["T: go : a\n1 x", /^line 6: expected number 2 of 2 of T's row, got x$/],
  [
    "T: * identity\nT: go : a : b 0.5\nO: * uniform",
    /^line 6: expected probabilities of T for action go and state a that sum to 1 within 0.00001, got a sum of 1.5$/,
  ],
  [
    "T: go identity\nO: * uniform\n",
    /^line 7: expected probabilities of T for action stay and state a before the end of the file, got none$/,
  ],
  [
    "T: * identity\nO: go uniform\nO: stay : a : x 1",
    /^line 7: expected probabilities of O for action stay and state b before the end of the file, got none$/,
  ],
  ["O: * identity", /^line 5: expected as many observations as states, 2, for identity, got 3$/],
  ["O: go : a : w 1", /^line 5: expected one of the observations x, y, z, or \*, got w$/],
  ["O: go : a reset", /^line 5: expected number 1 of 3 of O's row, got reset$/],
  ["R: go 5", /^line 5: expected a colon after the action of R, got 5$/],
  ["R: go : a : b : x high", /^line 5: expected a reward, got high$/],
  ["R: go : a : b\n1 2", /^line 6: expected number 3 of 3 of R's row, got the end of the file$/],
  ["R: go : a\n1 2 3 4 5", /^line 6: expected number 6 of 6 of R's matrix, got the end of the file$/],
  ["R: go : a : b : x 1 2", /^line 5: expected discount, .* got 2$/],
] as [string, RegExp][])
  test(`refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => readPomdp(HEAD + text), message);
  });

test("of many names a message gives the number", () => {
  const names = Array.from({ length: 12 }, (_, s) => `s${s}`).join(" ");
  assert.throws(
    () => readPomdp(`discount: 0.9\nstates: ${names}\nactions: 1\nobservations: 1\nT: 0 : s12`),
    /^line 5: expected one of the 12 states, or 0 to 11, or \*, got s12$/,
  );
});

test("an action that begins anew wherever it is taken", () => {
  const { transition } = tabularOf(
    readPomdp(`start: b\n${HEAD}T: go identity T: stay reset\nO: * uniform`),
  ).tables;
  assert.equal(
    [transition[0][1], transition[1][1]],
    [
      [0, 1],
      [0, 1],
    ],
  );
});

test.run();
