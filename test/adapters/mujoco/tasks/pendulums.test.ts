import { test } from "uvu";
import { testGolden } from "../../../helpers/mujoco.ts";

testGolden("inverted-pendulum", 1e-9);
testGolden("inverted-double-pendulum", 1e-9);

test.run();
