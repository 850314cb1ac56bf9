"""The floor of opening a dossier again: a scandir and a stat of each log of a folder. Arguments: folder, how often."""

import os
import sys
import time

times = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    with os.scandir(sys.argv[1]) as entries:
        for entry in entries:
            entry.stat()
    times.append(time.perf_counter() - began)
print(f"{1000 * sorted(times)[len(times) // 2]:.3f} ms")
