import { test } from "uvu";
import * as assert from "uvu/assert";
import { damagedFile, FileError, quoted, reading } from "../../src/core/file.ts";

function errorOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

test("what reading throws is a FileError, with the error behind it", () => {
  const cause = new RangeError("seed: expected a whole number, got 0.5");
  const error = errorOf(() =>
    reading(() => {
      throw cause;
    }),
  );
  assert.ok(error instanceof FileError);
  assert.is(String(error), "FileError: seed: expected a whole number, got 0.5");
  assert.is(error.cause, cause);
  assert.is(
    reading(() => 7),
    7,
  );
});

test("a FileError passes as it is", () => {
  const own = damagedFile("its header is no JSON", 1);
  assert.is(
    errorOf(() =>
      reading(() => {
        throw own;
      }),
    ),
    own,
  );
  assert.is(own.cause, 1);
  assert.not.ok("cause" in damagedFile("no metadata"));
});

test("what is no error is told, too", () => {
  const thrown = errorOf(() =>
    reading(() => {
      throw "odd";
    }),
  );
  assert.is(String(thrown), "FileError: odd");
});

test("what a file says is shown as JSON, visible and short", () => {
  assert.is(quoted("a\u001b[2J\u009bé"), '"a\\u001b[2J\\u009b\\u00e9"');
  assert.is(quoted(undefined), "none");
  assert.is(quoted({ a: [1] }), '{"a":[1]}');
  assert.is(quoted("x".repeat(100)).length, 81);
});

test.run();
