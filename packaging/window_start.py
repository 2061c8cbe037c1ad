"""Where the windowed program begins."""

import os
import sys

# A windowed program has no stdout; a print() of some library must not end the desk.
for _name in ("stdout", "stderr"):
    if getattr(sys, _name) is None:
        setattr(sys, _name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - held until the process ends

from denkidesk.main import main  # noqa: E402 - after the streams

if __name__ == "__main__":
    sys.exit(main())
