/** The scenario for a browser's page, which tells the server that it came from. */
import { scenario } from "../scenario.ts";

const post = (body: string) => fetch("/result", { method: "POST", body });
scenario().then(post, (error) => post(`error: ${error}`));
