"""``tabletop schema``: what an editor needs to complete and check an exercise while it is typed."""

import argparse
import sys

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.saying import FINE, clean
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("-o", "--output", metavar=t("FILE"), help=t("where to write it; otherwise it is printed"))


def run(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files import authoring, schema
    from tabletop.files.places import typed_path

    if not asked.output:
        sys.stdout.write(schema.schema_text(words))
        return FINE
    path = typed_path(asked.output)
    authoring.put_schema(path, words)
    sentence = words.t(
        "{file} is there. An exercise in the same folder finds it by its first line: {line}",
        file=str(path),
        line=schema.directive(path.name),
    )
    print(clean(sentence))
    return FINE


VERB = Verb("schema", mark("print the JSON Schema of an exercise, for an editor"), declare, run)
