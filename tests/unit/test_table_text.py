"""What goes to a spreadsheet arrives there as it was, and nothing of it runs."""

import ast
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import denkidesk
from denkidesk.domain.table_text import table_text

CELLS = st.text(st.sampled_from("a1=+-@\t\r\n\"', ＝％円.\u200b\ufeff漢")) | st.text(max_size=5)


def as_pasted(text):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_every_cell_arrives_in_its_place_and_none_as_a_formula(rows):
    pasted = as_pasted(table_text(rows))
    assert [len(row) for row in pasted] == [len(row) for row in rows]
    for cells, arrived in zip(rows, pasted, strict=True):
        for cell, text in zip(cells, arrived, strict=True):
            assert text in (cell, f"'{cell}")
            assert not text.startswith(("\t", "\r", "\n"))
            first = text.strip(" \t\r\n\u200b\ufeff")[:1]
            assert first not in ("=", "@", "＝")
            if first in ("+", "-"):
                float(text.rstrip("%"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝１＋１", "\u200b=1", " =1", "-", "-8,420円/年", "+81-6-0000-0000"]
)
def test_what_a_spreadsheet_would_run_is_text(text):
    assert as_pasted(table_text([[text, "x"]])) == [["'" + text, "x"]]


@pytest.mark.parametrize("text", ["-1", "-1234.5", "-1,234", "+3", "-5%", "−8,420", "0612345678901234567890", "12/1(火)", "見本", ""])
def test_numbers_and_plain_texts_stay_as_they_are(text):
    assert table_text([[text, "x"]]) == f"{text}\tx"


def test_no_screen_puts_a_text_on_the_clipboard_by_itself():
    """But for the report of a bug, which is no table."""
    package = Path(denkidesk.__file__).parent
    places = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "setText" and isinstance(node.value, ast.Call)
        if isinstance(node.value.func, ast.Attribute) and node.value.func.attr == "clipboard"
    ]
    assert set(places) == {"ui/parts/clipboard.py", "ui/shell/dialogs.py"}
