import { test } from "uvu";
import { testGolden } from "../../../helpers/mujoco.ts";

testGolden("half-cheetah", 1e-9);

test.run();
