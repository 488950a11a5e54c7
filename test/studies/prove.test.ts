/** The proof of the f32 functions: every contract on a sample of all floats, and planted faults that a walk must find. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { type Contract, contractOf, contracts, wrongValues } from "../../studies/prove/contracts.ts";
import { merged, nothing } from "../../studies/prove/findings.ts";
import { bitsOf, FLOATS, ordinalOf, ordinalsWithin, ulp, ulpError } from "../../studies/prove/floats.ts";
import { walkSample } from "../../studies/prove/spread.ts";
import { isKept, markdown } from "../../studies/prove/table.ts";
import { walk } from "../../studies/prove/walk.ts";
import { processIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const core = await createCore();
const RUN = "../../studies/prove/run.ts";

/** Runs of 4095 neighbours, two in each of the 512 binades. */
const SAMPLE = 2 * 512 * 4095;

for (const contract of contracts)
  test(`${contract.kernel.name} keeps its contract in every binade, and at its special values`, () => {
    const findings = walkSample(core, contract, SAMPLE);
    assert.is(findings.walked, SAMPLE);
    assert.ok(isKept({ contract, findings, wrong: wrongValues(core, contract) }), JSON.stringify(findings));
    // what is found in the sample is no more than what the table of the full walk says, and no trifle
    assert.ok(findings.worst > 0.5 && findings.measured > SAMPLE / 8, `${findings.worst} ulp`);
  });

const exp = contractOf("exp");

/** A function that is wrong: its value where `isHit` moves to what `fault` says. */
function broken(isHit: (x: number) => boolean, fault: (y: number) => number, change: Partial<Contract> = {}) {
  const kernel: Contract["kernel"] = (core, out, x) => {
    exp.kernel(core, out, x);
    x.forEach((value, i) => {
      if (isHit(value)) out[i] = fault(out[i]);
    });
    return out;
  };
  return { ...exp, ...change, kernel } satisfies Contract;
}

/** What a walk over some 8000 floats around x finds. */
function around(contract: Contract, x: number) {
  const findings = walk(core, contract, [ordinalOf(x) - 4000, ordinalOf(x) + 4000]);
  return { findings, isKept: isKept({ contract, findings, wrong: wrongValues(core, contract) }) };
}

const PLACES = [-80.25, -0.0123, 1e-20, 0.75, 1, 60.5].map(Math.fround);

for (const x of PLACES) {
  test(`a single value that is three ulp off is found, at ${x}`, () => {
    assert.ok(around(exp, x).isKept);
    const { findings, isKept } = around(
      broken(
        (value) => value === x,
        (y) => y + 3 * ulp(y),
      ),
      x,
    );
    assert.is(findings.worstAt, x);
    assert.ok(findings.worst > 2 && findings.worst < 4 && !isKept);
  });

  test(`a single value below the one before it is found, at ${x}`, () => {
    // neighbours at 80 are 64 ulp apart; the bound is such that the turn alone is at fault
    const contract = broken(
      (value) => value === x,
      (y) => y - 200 * ulp(y),
      { bound: 300 },
    );
    const { findings, isKept } = around(contract, x);
    assert.equal([findings.turns, findings.turnsAt, isKept], [1, x, false]);
  });
}

test("a fault at the seam of two blocks or two walks is found once", () => {
  const from = ordinalOf(1);
  for (const place of [0, 1, 1022, 1023, 1024, 2046]) {
    const x = Math.fround(1 + place * 2 ** -23);
    const contract = broken(
      (value) => value === x,
      (y) => y - 3 * ulp(y),
      { bound: 8 },
    );
    const parts = [
      walk(core, contract, [from - 5000, from + place]),
      walk(core, contract, [from + place, from + 5000]),
    ];
    const { turns, walked, worstAt } = parts.reduce(merged, nothing);
    assert.equal([turns, walked, worstAt], [1, 10_000, x], `${place}`);
  }
});

test("a NaN that becomes a number is found, and so is a wrong special value", () => {
  const lost = broken(Number.isNaN, () => 0);
  const findings = walk(core, lost, [0, 5000]);
  assert.is(findings.numbers, 5000);
  assert.ok(!isKept({ contract: lost, findings, wrong: [] }));
  assert.equal(wrongValues(core, lost), [`${lost.kernel.name}(NaN) = 0`]);

  const tanh = contractOf("tanh");
  assert.equal(wrongValues(core, tanh), []);
  // −0 is not 0
  assert.equal(wrongValues(core, { ...tanh, special: [[-0, 0]] }), ["tanh(0) = 0"]);
});

test("a number where infinity is due, and the reverse, are no small errors", () => {
  assert.is(ulpError(Infinity, 1e39), 0);
  assert.is(ulpError(3.4028234663852886e38, 3.4028234663852886e38), 0);
  assert.is(ulpError(Number.NaN, 1), Infinity);
  assert.is(ulpError(Infinity, 3.4028234663852886e38), 1);
  assert.is(ulpError(1 + 2 ** -22, 1), 2);
});

test("the errors are those of a walk that computes every value in f64", () => {
  for (const contract of contracts)
    for (const x of [-3.7, -0.4, 0.3, 5.1, 70]) {
      const [from, to] = [ordinalOf(x) - 2000, ordinalOf(x) + 2000];
      const { worst } = walk(core, contract, [from, to]);
      const [first, last] = ordinalsWithin(...contract.domain);
      const word = new Uint32Array(1);
      const float = new Float32Array(word.buffer);
      let expected = 0;
      core.scope(() => {
        const [input, out] = [core.f32(4000), core.f32(4000)];
        for (let i = 0; i < 4000; i++) {
          word[0] = bitsOf(from + i);
          input[i] = float[0];
        }
        contract.kernel(core, out, input);
        // the float before the first is measured by the walk before
        for (let i = 0; i < 4000; i++)
          if (from + i >= first && from + i <= last)
            expected = Math.max(expected, ulpError(out[i], contract.exact(input[i])));
      });
      assert.is(worst, expected, `${contract.kernel.name} at ${x}`);
    }
});

test("ordinals are the order of the floats", () => {
  for (const x of [-Infinity, -1e30, -1, -1e-45, -0, 0, 1e-45, 1, 1e30, Infinity]) {
    const word = Uint32Array.of(bitsOf(ordinalOf(x)));
    assert.ok(Object.is(new Float32Array(word.buffer)[0], Math.fround(x)));
  }
  assert.is(ordinalOf(0), ordinalOf(-0) + 1);
  assert.is(ordinalOf(Infinity) - ordinalOf(-Infinity), 2 * 0x7f800000 + 1);
  assert.equal(ordinalsWithin(0.1, 0.1), [ordinalOf(0.1), ordinalOf(0.1) - 1]);
  assert.ok(ordinalOf(Infinity) < FLOATS);
});

test("the table tells what is kept, what is broken, and what was not walked", () => {
  const findings = { ...nothing, walked: 10, measured: 10, worst: 0.7, worstAt: 2 };
  const text = markdown([
    { contract: exp, findings, wrong: [] },
    { contract: exp, findings: { ...findings, worst: 1.5 }, wrong: ["exp(0) = 2"] },
    { contract: exp, findings: nothing, wrong: [] },
  ]);
  const verdicts = text
    .trim()
    .split("\n")
    .slice(2)
    .map((line) => line.split("|").at(-2)?.trim());
  assert.equal(verdicts, ["kept", "**broken**", "not walked"]);
});

test("prints a table of a sample, and says what a wrong wish is", () =>
  inFolder(async (folder) => {
    const walked = await processIn(folder, RUN, { words: "--only exp --sample 9000 --processes 1" }).left;
    assert.is(walked.code, 0, walked.stderr);
    assert.match(walked.stdout, /\| exp \| 12,285 \| \d\.\d{3} \| .* \| kept \|\n$/);
    const refused = await processIn(folder, RUN, { words: "--only tan" }).left;
    assert.equal(
      [refused.code, refused.stderr],
      [
        1,
        "error: function: expected one of exp, log, tanh, sigmoid, silu, siluHidden, softplus, sin, cos, got tan\n",
      ],
    );
  }));

test("a Ctrl-C prints what was walked so far", () =>
  inFolder(async (folder) => {
    const { child, left } = processIn(folder, RUN, { words: "--only exp,log --processes 1" });
    child.stderr.once("data", () => child.kill("SIGINT"));
    const { code, stdout } = await left;
    assert.is(code, 130);
    assert.match(stdout, /\| exp \| [\d,]+ \| .*\n\| log \| 0 \| .* \| not walked \|\n$/);
  }));

test.run();
