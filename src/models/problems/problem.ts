import type { SparseModel } from "../sparse/sparseModel.ts";
import type { Tables, TabularModel } from "../tabular.ts";

/** A world of tables that says how it begins and what its steps are worth. */
export type Problem = TabularModel<Tables & Required<Pick<Tables, "initial" | "reward">>>;

/** A world of tables without their zeros that says how it begins, and how what comes later counts. */
export type SparseProblem = SparseModel & Required<Pick<SparseModel, "initial" | "discount">>;
