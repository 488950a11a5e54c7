"""NumPy as a peer: reads one line of JSON a request, answers one; times are its own, in microseconds."""

import base64
import json
import sys
import time

import numpy as np


def array(text, *shape):
    return np.frombuffer(base64.b64decode(text), dtype=np.float32).reshape(shape)


def predict(layers, x):
    for weight, bias in layers[:-1]:
        x = np.tanh(x @ weight + bias)
    weight, bias = layers[-1]
    return x @ weight + bias


def simulate(problem, layers, noise, generator):
    """x <- clip(x + c (m + exp(5 sigmoid(y + 1) - 4.5) eps)), gain += discount^t r"""
    D = problem["D"]
    x, gain = problem["states"], 0
    for t, action in enumerate(problem["actions"]):
        head = predict(layers, np.concatenate((x, action), axis=1))
        gain = gain + np.float32(problem["discount"] ** t) * head[:, D]
        change = head[:, :D]
        if noise:
            std = np.exp(5 / (1 + np.exp(-1 - head[:, D + 1 : 2 * D + 1])) - np.float32(4.5))
            change = change + std * generator.standard_normal(change.shape, dtype=np.float32)
        x = np.clip(x + np.float32(problem["scale"]) * change, -problem["bound"], problem["bound"])
    return gain


def main():
    given = json.loads(sys.stdin.readline())
    D, A, C, H = given["D"], given["A"], given["C"], given["H"]
    models = [
        [(np.ascontiguousarray(array(w, o, i).T), array(b, o)) for w, b, o, i in layers]
        for layers in given["models"]
    ]
    given["states"] = np.tile(array(given["start"], D), (C, 1))
    given["actions"] = array(given["actions"], H, C, A)
    inputs = array(given["inputs"], -1, D + A)
    generator = np.random.Generator(np.random.SFC64(1))
    print(json.dumps({"version": np.__version__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        start = time.process_time()
        for _ in range(request["calls"]):
            if request["rows"]:
                result = predict(models[0], inputs[: request["rows"]])
            else:
                result = sum(simulate(given, m, request["noise"], generator) for m in models) / len(models)
        elapsed = (time.process_time() - start) * 1e6 / request["calls"]
        data = base64.b64encode(np.ascontiguousarray(result, dtype=np.float32)).decode()
        print(json.dumps({"time": elapsed, "data": data}), flush=True)


main()
