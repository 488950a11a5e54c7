/** Files whose hash is right and whose contents cannot be: no kernel sees them. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectCounters } from "../../src/agent/schema.ts";
import type { Content } from "../../src/core/safetensors.ts";
import { exportHabit, FileError, loadAgent, loadHabit } from "../../src/index.ts";
import { type Changes, edited, partOf } from "../helpers/files.ts";
import { live, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

async function savedAgent(make: typeof smallAgent | typeof latentAgent, task: string): Promise<Uint8Array> {
  const { agent, environment } = await make(task);
  live(agent, environment, 60);
  return agent.save();
}

const saved = {
  observed: await savedAgent(smallAgent, "cartpole"),
  latent: await savedAgent(latentAgent, "cartpole-position"),
};
type Kind = keyof typeof saved;

async function messageOf(kind: Kind, changes: Changes): Promise<string> {
  try {
    await loadAgent(edited(saved[kind], changes));
  } catch (error) {
    assert.instance(error, FileError);
    return (error as Error).message;
  }
  return "taken";
}

/** The message of a file with other counters. */
function withCounters(kind: Kind, change: (counters: Record<string, unknown>) => void): Promise<string> {
  const counters = partOf<Record<string, unknown>>(saved[kind], "counts");
  change(counters);
  return messageOf(kind, { texts: { counts: JSON.stringify(counters) } });
}

const INTEGER = "a whole number";

for (const [kind, name, value, expected] of [
  ["observed", "counts.steps", -1, `${INTEGER} ≥ 0, got -1`],
  ["observed", "counts.steps", 0.5, `${INTEGER} ≥ 0, got 0.5`],
  ["observed", "counts.steps", "NaN", `${INTEGER} ≥ 0, got NaN`],
  ["observed", "counts.steps", "7", 'a number, got "7"'],
  ["observed", "counts.steps", null, "a number, got null"],
  ["observed", "counts.hasFarValue", 1, "a boolean, got 1"],
  ["observed", "counts.rewardLow", "NaN", "a finite number, got NaN"],
  ["observed", "level.counts.first", "Infinity", "a finite number, got Infinity"],
  [
    "observed",
    "lanes.0.counts.chosenBy",
    "nobody else",
    'one of nobody, plan, habit, chance, curiosity, got "nobody else"',
  ],
  ["observed", "experience.counts.next", 5, `${INTEGER} in [60, 60], got 5`],
  ["observed", "experience.rare.counts.rows", 61, "61 values, got 0"],
  ["observed", "returns.counts.rows", 1501, `${INTEGER} in [0, 1500], got 1501`],
  ["observed", "returns.counts.next", 1500, `${INTEGER} in [0, 1499], got 1500`],
  ["observed", "schedule.counts.learned", 61, `${INTEGER} in [0, 60], got 61`],
  ["observed", "schedule.counts.owed", 1, `${INTEGER} in [0, 0], got 1`],
  ["observed", "schedule.counts.done", 1, `${INTEGER} in [0, 0], got 1`],
  ["observed", "schedule.counts.remembered", 2e7, `${INTEGER} in [1e7, 2e7], got 60`],
  ["latent", "sequences.counts.next", 0, `${INTEGER} in [`],
  ["latent", "filters.0.state.counts.time", -1, `${INTEGER} ≥ 0, got -1`],
] as const)
  test(`${kind}: a counter that cannot be is refused: ${name} = ${JSON.stringify(value)}`, async () => {
    const message = await withCounters(kind, (counters) => {
      counters[name] = value;
    });
    const told: Record<string, string> = {
      "schedule.counts.remembered": "schedule.counts.learned",
      "experience.rare.counts.rows": "experience.rare.list",
    };
    assert.ok(message.startsWith(`${told[name] ?? name}: expected ${expected}`), message);
  });

test("rewards that wait for the end of an episode have a place", async () => {
  const message = await withCounters("observed", (counters) => {
    counters["returns.counts.waiting"] = 500;
  });
  assert.is(message, "returns.counts.waiting of lane 0: expected a whole number in [0, 499], got 500");
});

for (const [kind, name, value, size] of [
  ["observed", "experience.terminals.list", 60, 60],
  ["observed", "experience.terminals.list", 2 ** 32 - 1, 60],
  ["latent", "filters.1.state.ancestors", 32, 32],
  ["observed", "acting.0.states", 3, 3],
  ["observed", "acting.1.states", -1, 3],
  ["observed", "acting.1.states", 0.5, 3],
] as const)
  test(`${kind}: an index that is not below its count is refused: ${value} in ${name}`, async () => {
    let place = 0;
    const message = await messageOf(kind, {
      tensors: (tensors) => {
        assert.ok(tensors[name].length > 0);
        // a state of the cart-pole has four numbers, then the member
        if (name.endsWith("states")) place = 4;
        tensors[name][place] = value;
      },
    });
    assert.is(message, `${name}[${place}]: expected a whole number in [0, ${size - 1}], got ${value}`);
  });

test("nothing is missing, and nothing is there that the agent does not have", async () => {
  for (const kind of ["observed", "latent"] as const) {
    assert.is(await messageOf(kind, {}), "taken");
    const more = {
      tensors: (tensors: Record<string, unknown>) => {
        tensors["model.other"] = new Float32Array(1);
      },
    };
    assert.is(await messageOf(kind, more), 'tree: expected what the agent has, got "model.other"');
    const fewer = {
      tensors: (tensors: Record<string, unknown>) => {
        delete tensors["model.habit.parameters"];
      },
    };
    assert.match(await messageOf(kind, fewer), /^model.habit.parameters: expected \d+ values, got none$/);
    const other = await withCounters(kind, (counters) => {
      counters.other = 1;
    });
    assert.is(other, 'tree: expected what the agent has, got "other"');
  }
});

test("a text where numbers are, and numbers where a text is, are refused", async () => {
  const swapped = (name: string, content: Uint8Array | Float32Array) => ({
    tensors: (tensors: Record<string, unknown>) => {
      tensors[name] = content;
    },
  });
  const damage = "file: expected whole safetensors, got a damaged file:";
  assert.is(
    await messageOf("observed", swapped("settings", new Float32Array(1))),
    `${damage} "settings" is no part of an agent`,
  );
  assert.is(
    await messageOf("observed", swapped("features.0", new Uint8Array(16))),
    `${damage} "features.0" is no part of an agent`,
  );
  assert.is(
    await messageOf("observed", swapped("settings", Uint8Array.of(0xff, 0xff, 0xff, 0xff))),
    `${damage} settings is no text`,
  );
});

for (const [what, spaces, expected] of [
  [
    "a length that is no array's",
    { low: { length: 1e9 }, high: { length: 1e9 }, kind: "box" },
    "observationSpace is no space",
  ],
  ["bounds that are words", { kind: "box", low: ["0"], high: ["1"] }, "observationSpace is no space"],
  [
    "a tuple that is a dict",
    { kind: "tuple", spaces: { a: { kind: "discrete", n: 2 } } },
    "observationSpace is no space",
  ],
  ["more than a space needs", { kind: "discrete", n: 4, m: 5 }, "spaces have more than they need"],
  [
    "more choices than the file has bytes",
    { kind: "multiDiscrete", nvec: [65_536, 65_536] },
    "observationSpace: expected no more",
  ],
  ["nothing", null, "observationSpace is no space"],
] as const)
  test(`spaces are checked before their size is believed: ${what}`, async () => {
    const { actionSpace } = partOf<{ actionSpace: object }>(saved.observed, "spaces");
    const texts = { spaces: JSON.stringify({ observationSpace: spaces, actionSpace }) };
    assert.match(await messageOf("observed", { texts }), what === "nothing" ? "expected a space" : expected);
  });

test("settings are checked as options are", async () => {
  const settings = partOf<object>(saved.observed, "settings");
  const told = (change: object) =>
    messageOf("observed", { texts: { settings: JSON.stringify({ ...settings, ...change }) } });
  assert.is(await told({ members: 65 }), "members: expected a whole number in [1, 64], got 65");
  assert.match(await told({ other: 1 }), /^options: expected .*, got other$/);
  // sizes that the arrays of the file are not of
  assert.match(
    await told({ hidden: [1024, 1024, 1024, 1024] }),
    /^model\.\w+\.parameters: expected \d+ values, got \d+$/,
  );
});

test("a file that asks for more memory than the budget is refused before anything is reserved", async () => {
  const settings = { ...partOf<object>(saved.observed, "settings"), memory: 30_000_000 };
  const bytes = edited(saved.observed, { texts: { settings: JSON.stringify(settings) } });
  try {
    await loadAgent(bytes);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, FileError);
    assert.match(
      String(error),
      /^FileError: memory: expected at most 1,073,741,824 bytes, got a file whose agent takes 1,\d{3},\d{3},\d{3} bytes; where you trust it, raise `memoryBudget`$/,
    );
  }
  for (const memoryBudget of [-1, Number.NaN])
    try {
      await loadAgent(bytes, { memoryBudget });
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), /^RangeError: memoryBudget: expected a number/);
    }
  const { agent } = await smallAgent("cartpole");
  assert.is((await loadAgent(agent.save(), { memoryBudget: 2e6 })).steps, 0);
});

/** Bytes that WebAssembly reserves while a file is read. */
async function reservedBy(read: () => Promise<unknown>): Promise<number> {
  const { Memory } = WebAssembly;
  let reserved = 0;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      reserved += 65_536 * descriptor.initial;
    }
  };
  try {
    await read();
  } finally {
    WebAssembly.Memory = Memory;
  }
  return reserved;
}

const [{ agent: seeing }, counters] = [
  await smallAgent("cartpole"),
  partOf<Record<string, unknown>>(saved.latent, "counts"),
];
const SPOILT: readonly (readonly [what: string, kind: Kind | "habit", changes: Changes])[] = [
  ...(
    [
      ["an index", "observed", "experience.terminals.list", 60],
      ["an index", "observed", "acting.1.states", -1],
      ["an index", "latent", "filters.1.state.ancestors", 32],
      ["no number", "latent", "filters.0.state.particles", Number.NaN],
      ["no number", "observed", "learner.dynamics.first", Infinity],
      ["no number", "habit", "parameters", Number.NaN],
    ] as const
  ).map(([what, kind, name, value]) => {
    const place = name.endsWith("states") ? 4 : 0;
    return [
      `${what} in ${name}`,
      kind,
      { tensors: (tensors: Record<string, Content>) => (tensors[name][place] = value) },
    ] as const;
  }),
  ["one tensor more", "observed", { tensors: (tensors) => (tensors.other = new Float32Array(1)) }],
  ["one tensor more", "habit", { tensors: (tensors) => (tensors.other = new Float32Array(1)) }],
  ["one tensor fewer", "latent", { tensors: (tensors) => delete tensors["lanes.1.action"] }],
  [
    "a counter of a lane",
    "latent",
    { texts: { counts: JSON.stringify({ ...counters, "lanes.0.counts.actions": 0.5 }) } },
  ],
  [
    "a counter of a belief",
    "latent",
    { texts: { counts: JSON.stringify({ ...counters, "filters.1.state.counts.time": true }) } },
  ],
];

for (const [what, kind, changes] of SPOILT)
  test(`${kind}: what is refused for ${what} has reserved nothing`, async () => {
    const [bytes, load] = kind === "habit" ? [exportHabit(seeing), loadHabit] : [saved[kind], loadAgent];
    assert.ok((await reservedBy(() => load(bytes))) > 0);
    let error: unknown;
    const reserved = await reservedBy(async () => {
      error = await load(edited(bytes, changes)).catch((reason) => reason);
    });
    assert.instance(error, FileError);
    assert.is(reserved, 0);
  });

test("every counter of a whole number's name is one, and others may be what they are", () => {
  expectCounters({ "a.counts.logMean": -Infinity, "lanes.3.counts.reward": Number.NaN });
  expectCounters({ "notices.counts.2": Infinity, "level.counts.first": -1.5, "level.counts.isOpen": true });
  for (const name of ["rows", "left", "terminations", "owed"])
    assert.throws(
      () => expectCounters({ [`a.counts.${name}`]: 1.5 }),
      /expected a whole number ≥ 0, got 1.5/,
    );
  assert.throws(() => expectCounters({ "a.counts.reward": Number.NaN }), /expected a finite number, got NaN/);
});

test("a number that begins infinite may be infinite, and one that begins as NaN may be NaN", () => {
  const fresh = { low: Infinity, high: -Infinity, none: Number.NaN, first: 0 };
  expectCounters({ low: -Infinity, high: 7, none: Number.NaN, first: 1 }, fresh);
  for (const counters of [{ low: Number.NaN }, { none: Infinity }, { first: Infinity }])
    assert.throws(() => expectCounters(counters, fresh), /expected a finite number, got/);
});

test.run();
