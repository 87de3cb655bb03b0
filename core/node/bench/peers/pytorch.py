"""Trains one workload of the bench in PyTorch on one thread; prints one line of JSON. Argument: the job, as JSON."""
import json
import resource
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
job = json.loads(sys.argv[1])
rows, task = job['rows'], job['task']
x = torch.from_numpy(np.fromfile(job['features'], dtype=np.float32).reshape(rows, -1))
if job['type'] == 'convolution':
    x = x.reshape(-1, 1, 28, 28)
if job['type'] == 'gru':
    x = x.reshape(-1, 32, 8)
y = torch.from_numpy(np.fromfile(job['targets'], dtype=np.float32 if task == 'number' else np.int32))
y = y.long() if task == 'classes' else y.float()


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(8, 64, batch_first=True)
        self.output = nn.Linear(64, 1)

    def forward(self, x):
        return self.output(self.gru(x)[1][0])


def network():
    if job['type'] == 'gru':
        return Recurrent()
    if job['type'] == 'convolution':
        return nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(32 * 49, 10),
        )
    widths = job['widths']
    layers = [layer for a, b in zip(widths, widths[1:]) for layer in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


def build(seed):
    """Glorot's even draw for all weights, over all gates of the GRU together; zero biases."""
    torch.manual_seed(seed)
    net = network()
    for p in net.parameters():
        if p.dim() == 1:
            nn.init.zeros_(p)
        else:
            nn.init.xavier_uniform_(p)
    return net


def loss_of(output, target):
    if task == 'classes':
        return F.cross_entropy(output, target)
    if task == 'binary':
        return F.binary_cross_entropy_with_logits(output.squeeze(1), target)
    return F.mse_loss(output.squeeze(1), target)


def train(net):
    optimizer = torch.optim.Adam(net.parameters(), lr=job['learningRate'])
    batch = job['batchSize']
    for _ in range(job['epochs']):
        order = torch.randperm(rows)
        for start in range(0, rows, batch):
            index = order[start:start + batch]
            optimizer.zero_grad(set_to_none=True)
            loss_of(net(x[index]), y[index]).backward()
            optimizer.step()


def score(net):
    with torch.no_grad():
        output = torch.cat([net(part) for part in x.split(1024)])
        loss = loss_of(output, y).item()
        if task == 'classes':
            return loss, (output.argmax(1) == y).float().mean().item()
        if task == 'binary':
            return loss, ((output.squeeze(1) > 0).float() == y).float().mean().item()
        return loss, 1 - loss / float(y.var(unbiased=False))


seconds, losses, scores = [], [], []
if job['warm']:
    train(build(0))
for seed in job['seeds']:
    net = build(seed)
    start = time.perf_counter()
    train(net)
    seconds.append(time.perf_counter() - start)
    loss, value = score(net)
    losses.append(loss)
    scores.append(value)
print(json.dumps(dict(
    version=torch.__version__, seconds=seconds, losses=losses, scores=scores,
    peakMemory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
)))
