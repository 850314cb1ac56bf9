"""The floor of every screen: an app of the toolkit with one label; prints how long it took to its first paint."""

import time

began = time.perf_counter()
from textual.app import App  # noqa: E402
from textual.widgets import Label  # noqa: E402


class Empty(App[None]):
    def compose(self):
        yield Label("COUNT-0000")

    def on_mount(self):
        self.call_after_refresh(lambda: setattr(self, "painted", time.perf_counter()))


(app := Empty()).run()
print(f"{1000 * (app.painted - began):.1f} ms to the first paint")
