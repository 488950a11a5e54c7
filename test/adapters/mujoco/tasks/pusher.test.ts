import { test } from "uvu";
import { testGolden } from "../../../helpers/mujoco.ts";

testGolden("pusher", 1e-9);

test.run();
