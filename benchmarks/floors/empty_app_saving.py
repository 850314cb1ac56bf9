"""The floor of a key: the empty app, with one write and one fsync for each key; prints what those took."""

import os, sys, time  # noqa: E401, I001
from pathlib import Path
from textual.app import App
from textual.widgets import Label

file, times = Path(sys.argv[1]).open("ab", buffering=0), [0.0]  # noqa: SIM115


class Saving(App[None]):
    def compose(self):
        yield Label("COUNT-0000")

    def on_key(self):
        began = time.perf_counter()
        os.fsync(file.write(b"x" * 250) and file.fileno())
        times.append(time.perf_counter() - began)
        self.query_one(Label).update(f"COUNT-{len(times) - 1:04}")


Saving().run(), print(f"{1000 * sorted(times)[len(times) // 2]:.3f} ms to write and sync")
