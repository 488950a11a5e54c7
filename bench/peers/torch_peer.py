"""PyTorch as a peer."""

import torch

from served import read, serve


def predict(layers, x):
    for weight, bias in layers[:-1]:
        x = torch.addmm(bias, x, weight).tanh_()
    weight, bias = layers[-1]
    return torch.addmm(bias, x, weight)


def simulate(problem, layers, noise):
    """x <- clip(x + c (m + exp(5 sigmoid(y + 1) - 4.5) eps)), gain += discount^t r"""
    D = problem["D"]
    x, gain = problem["states"], 0
    for t, action in enumerate(problem["actions"]):
        head = predict(layers, torch.cat((x, action), 1))
        gain = gain + problem["discount"] ** t * head[:, D]
        change = head[:, :D]
        if noise:
            std = (torch.sigmoid(head[:, D + 1 : 2 * D + 1] + 1) * 5 - 4.5).exp_()
            change = torch.addcmul(change, std, torch.randn_like(std))
        x = torch.add(x, change, alpha=problem["scale"]).clamp_(-problem["bound"], problem["bound"])
    return gain


class Training:
    """A network on the first inputs of the problem, by its gradients and its Adam."""

    def __init__(self, problem):
        batch, self.width = problem["batch"], problem["width"]
        self.x, self.target = problem["inputs"][:batch], problem["targets"]
        self.layers = [
            tuple(part.clone().requires_grad_() for part in layer) for layer in problem["models"][0]
        ]
        adam = problem["adam"]
        self.optimiser = torch.optim.Adam(
            [part for layer in self.layers for part in layer],
            lr=adam["rate"],
            betas=(adam["keep1"], adam["keep2"]),
            eps=adam["epsilon"],
        )

    def step(self):
        x = self.x
        for weight, bias in self.layers[:-1]:
            x = torch.addmm(bias, x, weight).tanh()
        weight, bias = self.layers[-1]
        head = torch.addmm(bias, x, weight)
        self.optimiser.zero_grad()
        head.backward(self.head_gradient(head.detach()))
        self.optimiser.step()
        return head.detach()

    def head_gradient(self, head):
        gate = torch.sigmoid(head[:, self.width :] + 1)
        std = (5 * gate - 4.5).exp_()
        scaled = (head[:, : self.width] - self.target) / std
        d_std = 5 * std * (1 - scaled * scaled) * gate * (1 - gate)
        return torch.cat((scaled, d_std), 1) / len(head)


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    problem = read()
    for name in ("states", "actions", "inputs", "targets"):
        problem[name] = torch.tensor(problem[name])
    models = [[tuple(map(torch.tensor, layer)) for layer in layers] for layers in problem["models"]]
    problem["models"] = models
    training = Training(problem)

    @torch.no_grad()
    def forward(rows, noise):
        return predict(models[0], problem["inputs"][:rows])

    @torch.no_grad()
    def plan(rows, noise):
        return sum(simulate(problem, layers, noise) for layers in models) / len(models)

    serve(torch.__version__, {"forward": forward, "plan": plan, "train": lambda rows, noise: training.step()})


main()
