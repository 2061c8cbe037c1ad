"""Where the console program begins: the commands alone, without what only the window needs."""

import sys

from denkidesk.cli.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
