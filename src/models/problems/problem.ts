import type { Tables, TabularModel } from "../tabular.ts";

/** A world of tables that says how it begins and what its steps are worth. */
export type Problem = TabularModel<Tables & Required<Pick<Tables, "initial" | "reward">>>;
