"""What Python peers share: reads one line of JSON a request, answers one; times are their own, in microseconds."""

import base64
import json
import sys
import time

import numpy as np


def array(text, *shape):
    return np.frombuffer(base64.b64decode(text), dtype=np.float32).reshape(shape)


def read():
    """The problem, with its arrays as NumPy's; a layer is [weight [in][out], bias]."""
    given = json.loads(sys.stdin.readline())
    D, A, C, H = given["D"], given["A"], given["C"], given["H"]
    given["models"] = [
        [(np.ascontiguousarray(array(w, o, i).T), array(b, o)) for w, b, o, i in layers]
        for layers in given["models"]
    ]
    given["states"] = np.tile(array(given["start"], D), (C, 1))
    given["actions"] = array(given["actions"], H, C, A)
    given["inputs"] = array(given["inputs"], -1, D + A)
    given["targets"] = array(given["targets"], given["batch"], given["width"])
    return given


def serve(version, works):
    """Does `works[name](rows, noise)` so many times as it is asked to."""
    print(json.dumps({"version": version}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        work = works[request["work"]]
        start = time.process_time()
        for _ in range(request["calls"]):
            result = work(request["rows"], request["noise"])
        elapsed = (time.process_time() - start) * 1e6 / request["calls"]
        data = base64.b64encode(np.ascontiguousarray(result, dtype=np.float32)).decode()
        print(json.dumps({"time": elapsed, "data": data}), flush=True)
