"""Trains one workload of the bench in scikit-learn; prints one line of JSON. Argument: the job, as JSON."""
import json
import resource
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

# It warns that so few epochs do not converge, which is as asked.
warnings.filterwarnings('ignore')
job = json.loads(sys.argv[1])
x = np.fromfile(job['features'], dtype=np.float32).reshape(job['rows'], -1)
y = np.fromfile(job['targets'], dtype=np.int32)


def train(seed):
    model = MLPClassifier(
        hidden_layer_sizes=tuple(job['widths'][1:-1]), activation='relu', solver='adam', alpha=0.0,
        batch_size=job['batchSize'], learning_rate_init=job['learningRate'], max_iter=job['epochs'],
        shuffle=True, random_state=seed, tol=0.0, n_iter_no_change=10**9, early_stopping=False,
    )
    start = time.perf_counter()
    model.fit(x, y)
    return model, time.perf_counter() - start


seconds, losses, scores = [], [], []
if job['warm']:
    train(0)
for seed in job['seeds']:
    model, taken = train(seed)
    assert model.n_iter_ == job['epochs'] and model.coefs_[0].dtype == np.float32
    seconds.append(taken)
    losses.append(float(log_loss(y, model.predict_proba(x).astype(np.float64))))
    scores.append(float(model.score(x, y)))
print(json.dumps(dict(
    version=sklearn.__version__, seconds=seconds, losses=losses, scores=scores,
    peakMemory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
)))
