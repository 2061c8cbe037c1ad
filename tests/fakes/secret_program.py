"""``denkidesk secret set NAME`` as a process of its own, on a keyring in memory; what was kept goes into a file: ``FILE NAME``."""

import os
import sys
from pathlib import Path

from denkidesk import credentials
from denkidesk.cli.commands import run
from fakes.memory_keyring import MemoryKeyring


def main() -> int:
    if os.isatty(0):  # a terminal that is ours, as at a prompt
        import fcntl
        import termios

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    store = MemoryKeyring()
    credentials._secure_store = lambda: store
    code = run(["secret", "set", sys.argv[2]])
    Path(sys.argv[1]).write_text("\n".join(store.entries.values()), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
