import { test } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "../../../src/adapters/gymnasium/connection.ts";
import { encodeReset, encodeStep } from "../../../src/adapters/gymnasium/protocol.ts";
import { standIn } from "../../helpers/standInGymnasium.ts";

const settings = { url: "ws://127.0.0.1:1", hello: { copies: 2 }, timeout: 1000, most: 1000 };

test("answers find who asked, in whatever order they come", async () => {
  const { WebSocket } = standIn();
  const connection = await connect({ ...settings, WebSocket });
  const [first, second] = await Promise.all([
    connection.ask((id) => encodeReset(id, 0, 4)),
    connection.ask((id) => encodeReset(id, 1, 5)),
  ]);
  assert.equal(
    [[...first[0]], [...second[0]]],
    [
      [0, 4],
      [0, 5],
    ],
  );
  connection.close();
  assert.is(connection.isOpen, false);
});

test("a message that is too long is not sent", async () => {
  const server = standIn();
  const connection = await connect({ ...settings, most: 200, WebSocket: server.WebSocket });
  assert.throws(
    () => connection.ask((id) => encodeStep(id, [0], [new Float32Array(100)])),
    /^message: expected at most 200 bytes, got 416$/,
  );
  assert.is(server.messages.length, 1);
  connection.close();
});

test.run();
