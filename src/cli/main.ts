import { library } from "./library.ts";
import { runProcess } from "./process.ts";

await runProcess(library);
