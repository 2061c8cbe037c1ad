"""``denkidesk backup``: one file with everything, as the daily copy."""

import argparse
from pathlib import Path

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.texts import cli as texts


def run(arguments: argparse.Namespace) -> Exit:
    """Prints where the copy is; it has its name only when it is whole."""
    target = Path(arguments.file)
    with opened(run_of(arguments), servers=False) as desk:
        desk.backups.make(target)
    say(texts.BACKED_UP)
    write_json({"file": str(target)})
    return Exit.DONE
