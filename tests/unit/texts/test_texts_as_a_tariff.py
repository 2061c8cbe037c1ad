"""The words of tariffs and quotes: figures as a tariff writes them, differences with their unit, nothing 最新 without its date."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest

import denkidesk
from denkidesk.texts.bill import price
from denkidesk.texts.ranking import difference_words
from denkidesk.ui.tariffs.price_sheet import base_words, fuel_words
from fakes.plan_builder import fuel, plan

TEXTS = Path(denkidesk.__file__).parent / "texts"
OF_QUOTING = ("bill", "paper", "price_pairs", "quote", "quote_facts", "quotes", "ranking", "tariffs", "usage", "why")
DATED = ("{month}", "{moment}", "{age}", "{day}", "{date}", "{at}")


def said(module):
    """Every text of a module that somebody reads."""
    tree = ast.parse((TEXTS / f"{module}.py").read_text(encoding="utf-8"))
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet
    ]


@pytest.mark.parametrize("module", OF_QUOTING)
def test_nothing_is_called_newest_without_its_date(module):
    texts = said(module)
    assert texts
    assert [text for text in texts if "最新" in text and not any(date in text for date in DATED)] == []


@pytest.mark.parametrize("module", OF_QUOTING)
def test_no_triangle_stands_for_more_or_less(module):
    assert [text for text in said(module) if set(text) & set("▲▼")] == [], "▲ is a minus in Japanese books"


@pytest.mark.parametrize(
    ("figure", "words"),
    [("2200", "2,200.00"), ("21", "21.00"), ("20.3", "20.30"), ("-9.215", "−9.215"), ("0", "0.00"), ("1.2E+3", "1,200.00")],
)
def test_a_price_has_two_decimals_and_no_fewer_than_were_published(figure, words):
    assert price(Decimal(figure)) == words


def test_the_price_sheet_writes_as_a_tariff_does():
    assert base_words(plan(base=(1, "2200", "0"))) == "定額：2,200.00 円/月"
    assert fuel_words(fuel("-3")) == "−3.00 円/kWh"


def test_a_difference_has_its_unit():
    assert difference_words(-8420, is_year=True) == "−8,420円/年"
    assert difference_words(1200, is_year=False) == "+1,200円"
