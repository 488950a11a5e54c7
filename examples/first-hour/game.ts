/** A board of 6 × 6 fields with a coin, worth 1, and a ghost that follows and costs 2. A new coin appears where no one stands. */
import { box, type Discrete, discrete, type Environment } from "generative-agent";

/** A move, from what is seen. */
export type Controller = (observation: readonly number[]) => number;

const SIZE = 6;
const MOVES = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
const STEPS = 60;

export function createWorld(): Environment<Discrete, number[]> {
  let [player, coin, ghost] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  let [steps, games, word] = [0, 0, 1];
  const isSame = (a: readonly number[], b: readonly number[]) => a[0] === b[0] && a[1] === b[1];
  const random = (count: number) => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return Math.floor((count * word) / 2 ** 32);
  };
  const freeField = () => {
    for (;;) {
      const field = [random(SIZE), random(SIZE)];
      if (!isSame(field, player) && !isSame(field, ghost)) return field;
    }
  };
  /** Where the coin and the ghost are, seen from the player; where the player is; whether the ghost moves next. */
  const observation = () => [
    coin[0] - player[0],
    coin[1] - player[1],
    ghost[0] - player[0],
    ghost[1] - player[1],
    ...player,
    steps % 2,
  ];
  return {
    observationSpace: box([-SIZE, -SIZE, -SIZE, -SIZE, 0, 0, 0], new Array(7).fill(SIZE)),
    actionSpace: discrete(MOVES.length),
    reset({ seed = games + 1 } = {}) {
      [steps, games, word] = [0, seed, Math.imul(seed + 1, 2654435761) >>> 0];
      [player, ghost] = [
        [0, 0],
        [SIZE - 1, SIZE - 1],
      ];
      coin = freeField();
      return { observation: observation() };
    },
    step(move) {
      player = player.map((place, axis) => Math.min(SIZE - 1, Math.max(0, place + MOVES[move][axis])));
      let reward = 0;
      if (isSame(player, coin)) {
        reward = 1;
        coin = freeField();
      }
      // every second step the ghost comes a field closer, along the longer way
      if (++steps % 2 === 0) {
        const away = player.map((place, axis) => place - ghost[axis]);
        const axis = Math.abs(away[0]) >= Math.abs(away[1]) ? 0 : 1;
        ghost = ghost.map((place, i) => (i === axis ? place + Math.sign(away[i]) : place));
      }
      if (isSame(player, ghost)) {
        reward -= 2;
        ghost = player[0] + player[1] < SIZE - 1 ? [SIZE - 1, SIZE - 1] : [0, 0];
      }
      return { observation: observation(), reward, terminated: false, truncated: steps >= STEPS };
    },
  };
}

/** Steps towards the coin, and never to where the ghost may be next, if there is another move. */
export function createController(): Controller {
  return ([coinX, coinY, ghostX, ghostY, x, y, ghostMoves]) => {
    const scores = MOVES.map(([right, up]) => {
      const isOff = x + right < 0 || x + right >= SIZE || y + up < 0 || y + up >= SIZE;
      const isNearGhost = Math.abs(ghostX - right) + Math.abs(ghostY - up) <= ghostMoves;
      const distance = Math.abs(coinX - right) + Math.abs(coinY - up);
      return -distance - (isOff ? 100 : 0) - (isNearGhost ? 50 : 0);
    });
    return scores.indexOf(Math.max(...scores));
  };
}
