"""The floor of the command line: the import of argparse; the interpreter's own start is in the time of the process."""

import time

began = time.perf_counter()
import argparse  # noqa: E402, F401

print(f"{1000 * (time.perf_counter() - began):.1f} ms to import argparse")
