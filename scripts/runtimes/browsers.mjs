// Browsers of the system, driven through packages that bring none of their own.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { getPackages, getRuntime } from "../hosts/packages.mjs";

const DRIVERS = { chromium: { "playwright-core": "1.65.1" }, firefox: { "puppeteer-core": "25.16.0" } };
const CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};
const LONGEST = 600_000;

/** Serves a folder; `headers` go with every answer, `page` is what "/" answers. */
async function serve(folder, { page, headers = {} } = {}) {
  const server = createServer(({ url }, response) => {
    const path = normalize(decodeURIComponent(url.split("?")[0]));
    try {
      const isPage = path === "/";
      const body = isPage && page ? page : readFileSync(join(folder, isPage ? "index.html" : path));
      response.writeHead(200, { "content-type": TYPES[isPage ? ".html" : extname(path)] ?? "", ...headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

async function launch(name) {
  const executablePath = await getRuntime(name);
  const [driver] = Object.keys(DRIVERS[name]);
  const folder = await getPackages(driver, DRIVERS[name]);
  const found = await import(createRequire(join(folder, "package.json")).resolve(driver));
  const library = found.default ?? found;
  if (name === "chromium") return library.chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  return library.launch({ browser: "firefox", executablePath, headless: true, protocolTimeout: LONGEST });
}

/** Opens a folder's page in a browser, and waits for `globalThis.result`. */
export async function inBrowser(name, folder, options) {
  const browser = await launch(name);
  const { url, close } = await serve(folder, options);
  try {
    const page = await browser.newPage();
    await page.goto(url, { timeout: LONGEST });
    const wait =
      "new Promise((done) => { const look = () => globalThis.result ? done() : setTimeout(look, 20); look(); })";
    const answer =
      "globalThis.result.then((result) => JSON.stringify(result), (error) => JSON.stringify({ error: String(error) }))";
    const result = JSON.parse(await page.evaluate(`${wait}.then(() => ${answer})`));
    const version = (await browser.version()).match(/\d+(\.\d+)*/)[0];
    return { version, result };
  } finally {
    close();
    await browser.close();
  }
}

/** A page that imports the package's own files, unbundled, under a policy as strict as it can be. */
function pageOf(wasm) {
  const map = { imports: { "generative-agent": "/node_modules/generative-agent/dist/index.js" } };
  const page = `<!doctype html><script type="importmap" nonce="map">${JSON.stringify(map)}</script><script type="module" src="/main.mjs"></script>`;
  const policy = `default-src 'none'; script-src 'self' 'nonce-map'${wasm}`;
  return { page, headers: { "content-security-policy": policy } };
}

function browserTarget(name) {
  return {
    name,
    how: "page with an import map and a Content-Security-Policy",
    run: (folder) => inBrowser(name, folder, pageOf(" 'wasm-unsafe-eval'")),
  };
}

/** The same without leave to compile: the error has to say what to allow. */
function refusalTarget(name) {
  return {
    name: `${name}, strict policy`,
    how: "the same without 'wasm-unsafe-eval'",
    error: /^Error: createCore: expected a host that compiles WebAssembly, .*'wasm-unsafe-eval'/,
    run: (folder) => inBrowser(name, folder, pageOf("")),
  };
}

export const browsers = ["chromium", "firefox"].flatMap((name) => [browserTarget(name), refusalTarget(name)]);
