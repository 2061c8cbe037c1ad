"""Every kind and every state has its icon in one place, and the icon is there."""

import re
from pathlib import Path

import denkidesk
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.settings import resources_dir
from denkidesk.ui.parts.colours import Colours
from denkidesk.ui.parts.item_icons import KIND_ICONS, STATE_ICONS

UI = Path(denkidesk.__file__).parent / "ui"


def test_every_kind_and_state_has_an_icon_that_is_there():
    assert set(KIND_ICONS) == {*ApplicationKind, None}
    assert set(STATE_ICONS) == set(OutboxState)
    for name in {*KIND_ICONS.values(), *(icon for icon, _ in STATE_ICONS.values())}:
        assert (resources_dir() / "icons" / f"{name}.svg").is_file()
    assert {tone for _, tone in STATE_ICONS.values()} <= set(Colours.__slots__)


def test_no_screen_has_icons_of_its_own_for_them():
    own = re.compile(r"(?:ApplicationKind|OutboxState)\.[A-Z_]+: \(?\"[a-z-]+\"")
    found = [file.relative_to(UI).as_posix() for file in sorted(UI.rglob("*.py")) if own.search(file.read_text(encoding="utf-8"))]
    assert found == ["parts/item_icons.py"]
