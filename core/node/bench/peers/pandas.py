"""Reads a CSV file with pandas, again and again; prints one line of JSON. Arguments: the file, how often beside the first time."""
import json
import resource
import sys
import time

import pandas


def read():
    start = time.perf_counter()
    rows = len(pandas.read_csv(sys.argv[1], engine='c'))
    return time.perf_counter() - start, rows


first, rows = read()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(dict(first=first, seconds=[read()[0] for _ in range(int(sys.argv[2]))], peakMiB=peak, rows=rows)))
