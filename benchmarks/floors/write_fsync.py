"""The floor of an event in the log: write and fsync of as many bytes. Arguments: file, bytes, how often."""

import os
import sys
import time

times = []
with open(sys.argv[1], "ab", buffering=0) as file:  # noqa: PTH123
    for _ in range(int(sys.argv[3])):
        block = os.urandom(int(sys.argv[2]))
        began = time.perf_counter()
        file.write(block)
        os.fsync(file.fileno())
        times.append(time.perf_counter() - began)
print(f"{1000 * sorted(times)[len(times) // 2]:.4f} ms")
