import { test } from "uvu";
import * as assert from "uvu/assert";
import { KINDS } from "../../studies/faults/kinds.ts";
import { type Outcome, play, playClean, STEPS, SUBJECTS } from "../../studies/faults/play.ts";
import { countsOf, isSilent, tableOf } from "../../studies/faults/table.ts";

for (const subject of SUBJECTS)
  test(`${subject.name}: no kind of fault in the midst of a training leaves the agent dead, or goes by in silence`, async () => {
    const clean = await playClean(subject);
    for (const kind of KINDS) {
      const outcome = await play(subject, kind, Math.round(0.65 * STEPS), clean);
      const { dead, silent, usable } = countsOf({ subject, kind, outcomes: [outcome], clean: clean.return });
      assert.equal([dead, silent, usable], [0, 0, 1], `${kind.name}: ${outcome.dead}`);
    }
  });

const [subject] = SUBJECTS;
const fine: Outcome = { isTold: true, survived: true, dead: undefined, isSame: false, return: 2 };
const kindOf = (name: string) => KINDS.find((kind) => kind.name === name) ?? KINDS[0];

test("the largest reading leaves a belief of numbers where squares of it would have been none", async () => {
  const latent = SUBJECTS[2];
  const outcome = await play(latent, kindOf("largest"), 83, await playClean(latent));
  assert.is(outcome.dead, undefined);
});

test("silent is what should have been told of and was not, or changed what it should have left alone", () => {
  for (const [name, outcome, expected] of [
    ["huge rewarded", fine, false],
    ["huge rewarded", { ...fine, isTold: false }, true],
    ["mutated buffer", { ...fine, isSame: true }, false],
    ["mutated buffer", fine, true],
    ["constant", { ...fine, isTold: false }, false],
  ] as const)
    assert.is(isSilent({ subject, kind: kindOf(name) }, outcome), expected);
  const latent = { ...subject, options: { model: "latent" } } as const;
  assert.not.ok(isSilent({ subject: latent, kind: kindOf("NaN observed") }, { ...fine, isTold: false }));
});

test("a table counts the cases, and shows the median return beside the clean one", () => {
  const outcomes = [
    fine,
    { ...fine, return: 4, survived: false },
    { ...fine, dead: "lost", return: Number.NaN },
  ];
  const rows = [{ subject, kind: kindOf("throws"), outcomes, clean: 3 }];
  assert.is(
    tableOf(rows).split("\n")[2],
    "| observed | throws | 3 of 3 | 2 of 3 | 2 of 3 | 0 of 3 | 4.0 (3.0) |",
  );
});
test.run();
