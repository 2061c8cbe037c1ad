"""The look: contrast, both schemes, icons."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QPushButton

from denkidesk.settings import resources_dir
from denkidesk.ui.parts.colours import DARK, LIGHT, PAIRS_OF_TEXT, Colours, contrast
from denkidesk.ui.parts.style_sheet import style_sheet
from denkidesk.ui.parts.theme import FONT_FAMILY


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS_OF_TEXT)
def test_text_stands_out_from_its_ground(colours, text, ground):
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_editors_and_focus_stand_out(colours):
    # WCAG 2.2, 1.4.11: parts of controls, 3:1
    for edge, ground in (("line_strong", "surface"), ("accent", "surface"), ("accent", "window"), ("error", "surface")):
        assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3.0


def test_contrast_agrees_with_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_speaks_only_in_our_colours(colours):
    known = {getattr(colours, name) for name in Colours.__slots__ if name != "is_dark"}
    sheet = style_sheet(colours, "/icons")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet)) <= known
    assert "$" not in sheet


def test_the_choice_of_scheme_changes_the_palette_and_says_so(theme, qapp, qtbot):
    theme.set_scheme("light")
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme("dark")
    assert theme.colours is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    theme.set_scheme("nonsense")
    assert theme.scheme == "system"
    theme.set_scheme("light")
    assert theme.colours is LIGHT


def test_the_font_is_there_and_has_our_letters(theme):
    assert FONT_FAMILY in QFontDatabase.families()
    assert theme.font().family() == FONT_FAMILY


def test_every_icon_draws_something_and_follows_the_scheme(icons, theme):
    names = icons.names()
    assert len(names) >= 24
    for name in names:
        picture = icons.pixmap(name, "text", 18, 1.25).toImage()
        assert (picture.width(), picture.height()) == (22, 22)
        assert any(picture.pixelColor(x, y).alpha() > 0 for x in range(22) for y in range(22)), name
    button = QPushButton()
    theme.set_scheme("light")
    icons.put(button, "refresh")
    light = button.icon().pixmap(18).toImage()
    theme.set_scheme("dark")
    assert button.icon().pixmap(18).toImage() != light
    theme.set_scheme("light")


def test_icons_are_plain_lines():
    for file in Path(resources_dir() / "icons").glob("*.svg"):
        svg = file.read_text(encoding="utf-8")
        assert "currentColor" in svg or file.stem.endswith("-fixed")
        assert not re.search(r"<script|<image|href|<style|<!ENTITY", svg), file.name
