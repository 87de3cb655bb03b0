import { execFileSync } from 'node:child_process'
import type { BenchSize } from './sizes'

/** Debian's own Python, which is where PyTorch is on a machine that has the package. */
const python = '/usr/bin/python3'

/** The same step (forward, backward, Adam) in PyTorch on one thread; prints the median seconds of one step. */
const program = `
import json, statistics, sys, time, torch
torch.set_num_threads(1); torch.manual_seed(1)
size, seconds, runs = json.loads(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
widths = [size['inputs'], *size['hidden'], size['units']]
layers = []
for a, b in zip(widths, widths[1:]): layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
net = torch.nn.Sequential(*layers[:-1])
opt = torch.optim.Adam(net.parameters(), lr=0.001)
x = torch.randn(size['rows'], size['inputs'])
y = torch.randint(0, max(2, size['units']), (size['rows'],))
if size['units'] == 1: y, loss = y[:, None].float(), torch.nn.BCEWithLogitsLoss()
else: loss = torch.nn.CrossEntropyLoss()
batch, at = size['batch'], 0
def step():
    global at
    if at + batch > size['rows']: at = 0
    opt.zero_grad(); loss(net(x[at:at + batch]), y[at:at + batch]).backward(); opt.step(); at += batch
def timed(n):
    t = time.perf_counter()
    for _ in range(n): step()
    return time.perf_counter() - t
n = 8
while timed(n) < seconds / 2: n *= 2
print(statistics.median(timed(n) / n for _ in range(runs)))
`

/** Median seconds of one step in PyTorch, or nothing where it is not installed. */
export function measurePytorch(size: BenchSize, seconds: number, runs: number): number | null {
  try {
    const answer = execFileSync(
      python,
      ['-c', program, JSON.stringify(size), String(seconds), String(runs)],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    const value = Number(answer)
    return Number.isFinite(value) && value > 0 ? value : null
  } catch {
    return null
  }
}
