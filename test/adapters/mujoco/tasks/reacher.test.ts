import { test } from "uvu";
import { testGolden } from "../../../helpers/mujoco.ts";

testGolden("reacher", 1e-9);

test.run();
