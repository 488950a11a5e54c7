import { test } from "uvu";
import { testGolden } from "../../../helpers/mujoco.ts";

testGolden("hopper", 1e-9);
testGolden("walker2d", 1e-9);

test.run();
