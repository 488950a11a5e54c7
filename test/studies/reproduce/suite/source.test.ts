import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashOfOptions, sourceOf, workingSource } from "../../../../studies/reproduce/suite/source.ts";

const root = mkdtempSync(join(tmpdir(), "source-"));
test.after(() => rmSync(root, { recursive: true }));

function git(...words: string[]): void {
  const person = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stderr } = spawnSync("git", [...person, ...words], { cwd: root, encoding: "utf8" });
  assert.is(status, 0, stderr);
}

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

function commit(): void {
  git("add", "-A");
  git("commit", "-q", "-m", "a");
}

test("sources are named by their contents, with the commit they differ from", () => {
  git("init", "-q");
  write("src/a.ts", "1");
  write("studies/worlds/references.jsonl", "{}");
  write("README.md", "a");
  commit();
  const first = workingSource(root);
  assert.equal(first, sourceOf("HEAD", root));
  assert.match(first.hash, /^[0-9a-f]{12}$/);

  write("README.md", "b");
  write("studies/worlds/references.jsonl", "[]");
  assert.equal(workingSource(root), first, "neither texts nor references change a trial");

  write("src/b.ts", "2");
  const second = workingSource(root);
  assert.is.not(second.hash, first.hash);
  assert.is(second.commit, `${first.commit}-dirty`);

  commit();
  assert.equal(workingSource(root), sourceOf("HEAD", root));
  assert.is(
    workingSource(root).hash,
    second.hash,
    "what was uncommitted is found again once it is committed",
  );
  assert.is(sourceOf("HEAD~1", root).hash, first.hash);

  rmSync(join(root, "src/b.ts"));
  assert.is(workingSource(root).hash, first.hash);
});

test("an unknown commit is an error", () => {
  assert.throws(() => sourceOf("nowhere", root), /^git rev-parse: expected an answer, got /);
});

test("options have a hash whatever their order", () => {
  assert.is(hashOfOptions({ members: 2, horizon: 9 }), hashOfOptions({ horizon: 9, members: 2 }));
  assert.is.not(hashOfOptions({ members: 2 }), hashOfOptions({ members: 3 }));
  assert.match(hashOfOptions({}), /^[0-9a-f]{8}$/);
});

test.run();
