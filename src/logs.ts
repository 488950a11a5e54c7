export { type LearnFromLogOptions, type LogReport, learnFromLog } from "./adapters/logs/learn.ts";
export { readMinari } from "./adapters/logs/minari.ts";
export { readParquet } from "./adapters/logs/parquet.ts";
export { type Row, type Rows, readCsv, readJsonLines, type TextSource } from "./adapters/logs/rows.ts";
export {
  type Column,
  type LogColumns,
  type LogSpaces,
  type Tally,
  transitionsOf,
} from "./adapters/logs/transitions.ts";
export type { SeenAction, Unseen } from "./adapters/logs/unseen.ts";
