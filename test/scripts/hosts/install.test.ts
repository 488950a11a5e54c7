import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { HOSTS, type Host, type HostName } from "../../../scripts/hosts/hosts.ts";
import { findHost, getHost, versionOf } from "../../../scripts/hosts/install.ts";

const names = Object.keys(HOSTS) as HostName[];

test("every host is a package of npm or of Debian, and those of Debian have a program's name", () => {
  for (const name of names) {
    const { npm, debian, programs = [] }: Host = HOSTS[name];
    assert.is(Number(npm !== undefined) + Number(debian !== undefined), 1, name);
    assert.is(debian !== undefined, programs.length > 0, name);
  }
});

test("this Node is a host that needs no installation, and tells its version", async () => {
  const name = `node${process.versions.node.split(".")[0]}` as HostName;
  assert.is(findHost(name), process.execPath);
  if (name in HOSTS) assert.is(await versionOf(await getHost(name)), process.versions.node);
});

test("takes the system's program, by the first name that a folder of PATH holds", () => {
  const [folder, path] = [mkdtempSync(join(tmpdir(), "path-")), process.env.PATH];
  for (const program of ["google-chrome", "chromium-browser"]) writeFileSync(join(folder, program), "");
  process.env.PATH = folder;
  try {
    assert.is(findHost("chromium"), join(folder, "chromium-browser"));
    assert.is(findHost("firefox"), undefined);
  } finally {
    process.env.PATH = path;
  }
});

test.run();
