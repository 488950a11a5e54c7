"""
Worlds of Gymnasium for `gymnasiumEnvironments` of generative-agent/gymnasium, over one WebSocket.

    pip install gymnasium websockets
    python server.py Pendulum-v1 [--port 8765] [--host 127.0.0.1] [--token WORD] [--any]

It listens on this machine alone unless told otherwise; with --any a client may ask for any registered world.
The protocol is described in src/adapters/gymnasium/protocol.ts.
"""
import argparse, hmac, json, os
import gymnasium, numpy as np
from websockets.sync.server import serve

PROTOCOL = "generative-agent/gymnasium/1"
MOST = 1 << 20  # bytes of a message
MOST_COPIES = 64


def describe(space):
    if isinstance(space, gymnasium.spaces.Discrete) and space.start == 0:
        return {"kind": "discrete", "n": int(space.n)}
    if isinstance(space, gymnasium.spaces.Box):
        bounds = [[float(b) if np.isfinite(b) else None for b in side.ravel()] for side in (space.low, space.high)]
        return {"kind": "box", "low": bounds[0], "high": bounds[1]}
    raise ValueError(f"space: expected a Box or a Discrete from 0, got {space}")


def row(observation, *more):
    return np.concatenate([np.ravel(observation), more]).astype("<f4")


def answer(worlds, message):
    words = np.frombuffer(message, "<u4", count=3)
    kind, request, third = (int(word) for word in words)
    if kind == 1:
        has_seed, seed = (int(word) for word in np.frombuffer(message, "<u4", offset=12, count=2))
        observation, _ = worlds[third].reset(seed=seed if has_seed else None)
        rows = [row(observation)]
    elif kind == 2:
        copies = np.frombuffer(message, "<u4", offset=12, count=third)
        actions = np.frombuffer(message, "<f4", offset=12 + 4 * third).reshape(third, -1)
        rows = []
        for copy, action in zip(copies, actions):
            world = worlds[copy]
            is_box = isinstance(world.action_space, gymnasium.spaces.Box)
            given = action.reshape(world.action_space.shape) if is_box else int(action[0])
            observation, reward, terminated, truncated, _ = world.step(given)
            rows.append(row(observation, reward, 1 * terminated + 2 * truncated))
    else:
        raise ValueError(f"message: expected the kind 1 or 2, got {kind}")
    return np.array([request, len(rows)], "<u4").tobytes() + b"".join(one.tobytes() for one in rows)


def begin(hello, options):
    if hello.get("protocol") != PROTOCOL:
        raise ValueError(f"protocol: expected {PROTOCOL}, got {hello.get('protocol')}")
    if options.token and not hmac.compare_digest(str(hello.get("token", "")), options.token):
        raise ValueError("token: expected the server's, got another")
    name = hello.get("environment", options.environment)
    if name != options.environment and not options.any:
        raise ValueError(f"environment: expected {options.environment}, got {name}")
    copies = hello.get("copies", 1)
    if not (isinstance(copies, int) and 1 <= copies <= MOST_COPIES):
        raise ValueError(f"copies: expected 1 to {MOST_COPIES}, got {copies}")
    return [gymnasium.make(name) for _ in range(copies)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("environment")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--token", default=os.environ.get("GYMNASIUM_TOKEN"))
    parser.add_argument("--any", action="store_true")
    options = parser.parse_args()

    def handle(socket):
        worlds = []
        try:
            worlds = begin(json.loads(socket.recv(timeout=10)), options)
            spaces = {"observationSpace": describe(worlds[0].observation_space),
                      "actionSpace": describe(worlds[0].action_space)}
            socket.send(json.dumps({"protocol": PROTOCOL, "copies": len(worlds), **spaces}))
            for message in socket:
                socket.send(answer(worlds, message))
        except Exception as error:
            socket.send(json.dumps({"error": f"{error}"}))
        finally:
            for world in worlds:
                world.close()

    with serve(handle, options.host, options.port, max_size=MOST) as server:
        print(f"{options.environment} at ws://{options.host}:{options.port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
