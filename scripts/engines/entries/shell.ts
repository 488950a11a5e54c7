/** The scenario for the shell of JavaScriptCore, which has neither encoders nor timers; its argument is the kernels' file. */
import { scenario } from "../scenario.ts";

interface Shell {
  readonly arguments: readonly string[];
  readFile(path: string, kind: "binary"): Uint8Array<ArrayBuffer>;
  print(text: string): void;
}
const shell = globalThis as unknown as Shell;

/** The headers of saved agents are ASCII. */
const encoder = { encode: (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)) };
Object.assign(globalThis, {
  kernels: new WebAssembly.Module(shell.readFile(shell.arguments[0], "binary")),
  TextEncoder: function TextEncoder() {
    return encoder;
  },
  setTimeout: (work: () => void) => Promise.resolve().then(work),
});
scenario().then(shell.print, (error) => shell.print(`error: ${error}`));
