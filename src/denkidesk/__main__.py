"""``python -m denkidesk``."""

import sys

from denkidesk.main import main

sys.exit(main())
