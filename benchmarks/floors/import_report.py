"""The floor of a report: a process that only imports the packages that the verb imports. Argument: the extension."""

import sys
from importlib import import_module

import tabletop.cli
from tabletop.cli.desk import quicken

quicken()  # as the verb does: without the collector, and without plugins of pydantic
BESIDE = {
    "md": ["tabletop.report.markdown"],
    "html": ["tabletop.report.html"],
    "docx": ["tabletop.report.word", "docx"],
}
for name in ("files.authoring", "files.log.reading", "files.places", "report.written", "report.impression"):
    import_module(f"{tabletop.__name__}.{name}")
for name in BESIDE[sys.argv[1]]:
    import_module(name)
