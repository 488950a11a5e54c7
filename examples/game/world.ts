/** A robot on one wheel, with the physics of planck: it is to stay upright and to roll to the star. */
import type { Box, Environment } from "generative-agent";
import { type Body, Box as BoxShape, Circle, Edge, RevoluteJoint, Vec2, World } from "planck";

/** Frames of 1/60 s that one action lasts: twenty decisions a second. */
export const FRAMES = 3;
const FRAME = 1 / 60;
/** Decisions of an episode: ten seconds. */
const DECISIONS = 200;
/** Half of the floor's length, and the most that a star lies from the middle, in metres. */
export const HALF = 5;
const FARTHEST_STAR = 3.5;
/** Metres; the body reaches from the wheel's centre upwards. */
export const WHEEL = 0.25;
export const BODY = { half: 0.16, height: 1.1 };
/** Largest torque of the motor, in newton metres. */
const TORQUE = 6;
/** The tilt beyond which the robot has fallen, in radians. */
export const FALLEN = 1;
export const EARTH = 9.81;

/** Where everything is: metres and radians, for the drawing. */
export interface Pose {
  readonly x: number;
  readonly tilt: number;
  readonly roll: number;
  readonly star: number;
}

interface Answer {
  readonly observation: number[];
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** The world, which can also be advanced frame by frame, pushed, and given another gravity. */
export interface Game extends Environment<Box, number[]> {
  reset(options?: { readonly seed?: number | undefined }): { observation: number[] };
  step(action: ArrayLike<number>): Answer;
  /** Begins an action; `frame` advances it. */
  begin(action: ArrayLike<number>): void;
  frame(): void;
  /** What the frames of the action led to. */
  end(): Answer;
  /** A new star, while the robot stays where it is. */
  moveStar(x?: number): number[];
  /** A blow against the robot's head, in newton seconds. */
  push(impulse: number): void;
  setGravity(gravity: number): void;
  pose(): Pose;
}

/** Numbers in [0, 1) from a seed: a world gets by without Math.random, so that a seed means one course of events. */
function createUniform(seed: number): () => number {
  let word = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    word = (word + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(word ^ (word >>> 15), word | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function createGame(): Game {
  let gravity = EARTH;
  let uniform = createUniform(0);
  let [star, torque, decisions, episodes] = [0, 0, 0, 0];
  let robot = build(gravity);

  const observation = () => {
    const { body, wheel } = robot;
    return [
      body.getAngle(),
      body.getAngularVelocity(),
      wheel.getPosition().x - star,
      wheel.getLinearVelocity().x,
    ];
  };
  const moveStar = (x = FARTHEST_STAR * (2 * uniform() - 1)) => {
    star = Math.max(-FARTHEST_STAR, Math.min(FARTHEST_STAR, x));
    decisions = 0;
    return observation();
  };
  const game: Game = {
    // as `box(low, high)` makes them: the page itself needs nothing else of the library
    observationSpace: {
      kind: "box",
      low: [-Math.PI, -40, -2 * HALF, -20],
      high: [Math.PI, 40, 2 * HALF, 20],
    },
    actionSpace: { kind: "box", low: [-1], high: [1] }, // of the motor's torque: it turns the wheel one way and the body the other
    reset({ seed = episodes + 1 } = {}) {
      episodes = seed;
      uniform = createUniform(seed);
      robot = build(gravity);
      robot.body.setAngle(0.2 * (uniform() - 0.5));
      return { observation: moveStar() };
    },
    step(action) {
      game.begin(action);
      for (let i = 0; i < FRAMES; i++) game.frame();
      return game.end();
    },
    begin(action) {
      torque = TORQUE * action[0];
    },
    frame() {
      robot.wheel.applyTorque(-torque, true);
      robot.body.applyTorque(torque, true);
      robot.world.step(FRAME);
    },
    end() {
      decisions++;
      const seen = observation();
      const terminated = Math.abs(seen[0]) > FALLEN;
      // 1 at the star and upright, less per metre and radian; a fall costs as much as 30 decisions at the star
      const reward = terminated ? -30 : 1 - Math.abs(seen[2]) / 4 - Math.abs(seen[0]);
      return { observation: seen, reward, terminated, truncated: decisions >= DECISIONS };
    },
    moveStar,
    push(impulse) {
      const { body } = robot;
      body.applyLinearImpulse(new Vec2(impulse, 0), body.getWorldPoint(new Vec2(0, BODY.height)), true);
    },
    setGravity(next) {
      gravity = next;
      robot.world.setGravity(new Vec2(0, -next));
    },
    pose: () => ({
      x: robot.wheel.getPosition().x,
      tilt: robot.body.getAngle(),
      roll: robot.wheel.getAngle(),
      star,
    }),
  };
  return game;
}

/** A floor between two walls, and the robot upright in the middle. */
function build(gravity: number): { world: World; body: Body; wheel: Body } {
  const world = new World({ gravity: new Vec2(0, -gravity) });
  const room = world.createBody();
  room.createFixture(new Edge(new Vec2(-HALF, 0), new Vec2(HALF, 0)), { friction: 1 });
  for (const x of [-HALF, HALF])
    room.createFixture(new Edge(new Vec2(x, 0), new Vec2(x, 4)), { friction: 0, restitution: 0.3 });
  const wheel = world.createBody({ type: "dynamic", position: new Vec2(0, WHEEL), angularDamping: 0.5 });
  wheel.createFixture(new Circle(WHEEL), { density: 8, friction: 1 });
  const body = world.createBody({ type: "dynamic", position: new Vec2(0, WHEEL), angularDamping: 0.2 });
  body.createFixture(new BoxShape(BODY.half, BODY.height / 2, new Vec2(0, BODY.height / 2)), {
    density: 4,
    friction: 0.6,
  });
  world.createJoint(new RevoluteJoint({ collideConnected: false }, body, wheel, wheel.getPosition()));
  return { world, body, wheel };
}
