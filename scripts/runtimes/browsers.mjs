// The package's own files on a page, unbundled, under a policy as strict as it can be.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../hosts/browsers.ts";
import { getHost, versionOf } from "../hosts/install.ts";
import { serve } from "../hosts/server.ts";

/** Opens a folder's page in a browser, and waits for `globalThis.result`. */
export async function inBrowser(name, folder, headers) {
  const program = await getHost(name);
  const browser = await launch(name, program);
  const server = await serve(folder, headers);
  try {
    const page = await browser.open(server.address);
    const wait =
      "new Promise((done) => { const look = () => globalThis.result ? done() : setTimeout(look, 20); look(); })";
    const answer =
      "globalThis.result.then((result) => JSON.stringify(result), (error) => JSON.stringify({ error: String(error) }))";
    const result = JSON.parse(await page.evaluate(`${wait}.then(() => ${answer})`));
    return { version: await versionOf(program), result };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Writes the page; the headers that it is served with. */
function writePage(folder, wasm) {
  const map = { imports: { "generative-agent": "/node_modules/generative-agent/dist/index.js" } };
  const page = `<!doctype html><script type="importmap" nonce="map">${JSON.stringify(map)}</script><script type="module" src="/main.mjs"></script>`;
  writeFileSync(join(folder, "index.html"), page);
  return { "Content-Security-Policy": `default-src 'none'; script-src 'self' 'nonce-map'${wasm}` };
}

function browserTarget(name) {
  return {
    name,
    how: "page with an import map and a Content-Security-Policy",
    run: (folder) => inBrowser(name, folder, writePage(folder, " 'wasm-unsafe-eval'")),
  };
}

/** The same without leave to compile: the error has to say what to allow. */
function refusalTarget(name) {
  return {
    name: `${name}, strict policy`,
    how: "the same without 'wasm-unsafe-eval'",
    error: /^Error: kernels: expected a host that compiles WebAssembly, .*'wasm-unsafe-eval'/,
    run: (folder) => inBrowser(name, folder, writePage(folder, "")),
  };
}

export const browsers = ["chromium", "firefox"].flatMap((name) => [browserTarget(name), refusalTarget(name)]);
