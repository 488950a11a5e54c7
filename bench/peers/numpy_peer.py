"""NumPy as a peer."""

import numpy as np

from served import read, serve


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


class Training:
    """A network on the first inputs of the problem, one step of Adam at a time; all parameters lie in one array."""

    def __init__(self, problem):
        self.batch, self.width = problem["batch"], problem["width"]
        self.x, self.target = problem["inputs"][: self.batch], problem["targets"]
        parts = [part for layer in problem["models"][0] for part in layer]
        self.theta = np.concatenate([part.ravel() for part in parts])
        self.gradient, self.m, self.v = (np.zeros_like(self.theta) for _ in range(3))
        self.parts, self.gradients = self.views(self.theta, parts), self.views(self.gradient, parts)
        self.steps, self.adam = 0, problem["adam"]

    def views(self, flat, parts):
        ends = np.cumsum([part.size for part in parts])
        return [flat[end - part.size : end].reshape(part.shape) for part, end in zip(parts, ends)]

    def step(self):
        w0, b0, w1, b1, w2, b2 = self.parts
        first = np.tanh(self.x @ w0 + b0)
        second = np.tanh(first @ w1 + b1)
        head = second @ w2 + b2
        d2 = self.head_gradient(head)
        d1 = (d2 @ w2.T) * (1 - second * second)
        d0 = (d1 @ w1.T) * (1 - first * first)
        for i, (x, dy) in enumerate(((self.x, d0), (first, d1), (second, d2))):
            np.matmul(x.T, dy, out=self.gradients[2 * i])
            np.sum(dy, axis=0, out=self.gradients[2 * i + 1])
        self.descend()
        return head

    def head_gradient(self, head):
        gate = 1 / (1 + np.exp(-1 - head[:, self.width :]))
        std = np.exp(5 * gate - np.float32(4.5))
        scaled = (head[:, : self.width] - self.target) / std
        d_std = 5 * std * (1 - scaled * scaled) * gate * (1 - gate)
        return np.concatenate((scaled, d_std), axis=1) / np.float32(self.batch)

    def descend(self):
        self.steps += 1
        rate, keep1, keep2, epsilon = (self.adam[name] for name in ("rate", "keep1", "keep2", "epsilon"))
        self.m *= np.float32(keep1)
        self.m += np.float32(1 - keep1) * self.gradient
        self.v *= np.float32(keep2)
        self.v += np.float32(1 - keep2) * self.gradient * self.gradient
        root = np.sqrt(self.v * np.float32(1 / (1 - keep2**self.steps))) + np.float32(epsilon)
        self.theta -= np.float32(rate / (1 - keep1**self.steps)) * self.m / root


def main():
    problem = read()
    generator = np.random.Generator(np.random.SFC64(1))
    models, training = problem["models"], Training(problem)
    works = {
        "forward": lambda rows, noise: predict(models[0], problem["inputs"][:rows]),
        "plan": lambda rows, noise: sum(simulate(problem, m, noise, generator) for m in models) / len(models),
        "train": lambda rows, noise: training.step(),
    }
    serve(np.__version__, works)


main()
