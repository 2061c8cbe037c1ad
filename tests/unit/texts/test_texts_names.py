"""A thing has one name, and one module alone spells it."""

import ast
from pathlib import Path

import denkidesk
from denkidesk.domain.application_items import ITEMS
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES, OUTBOX_STATE_NAMES, UNKNOWN_KIND, kind_name

PACKAGE = Path(denkidesk.__file__).parent
SPELLER = PACKAGE / "texts" / "names.py"
STRANGERS = PACKAGE / "practice"  # the utility's own words, which share nothing with ours

SHORT = {"月", "ログインID"}  # a unit of a date; a label below the heading that says whose
NAMES = {*FIELD_NAMES.values(), *KIND_NAMES.values(), *OUTBOX_STATE_NAMES.values(), UNKNOWN_KIND} - SHORT


def test_every_item_kind_and_state_has_exactly_one_name():
    assert set(KIND_NAMES) == set(ApplicationKind)
    assert set(OUTBOX_STATE_NAMES) == set(OutboxState)
    for names in ([FIELD_NAMES[item.name] for item in ITEMS], KIND_NAMES.values(), OUTBOX_STATE_NAMES.values()):
        assert all(names)
        assert len(set(names)) == len(list(names))


def test_an_application_of_no_known_kind_is_called_so():
    assert kind_name(None) == UNKNOWN_KIND
    assert [kind_name(kind) for kind in ApplicationKind] == [KIND_NAMES[kind] for kind in ApplicationKind]


def spelled_in(file):
    """The texts of a module that are nothing but one of the names."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in NAMES}


def test_nobody_else_spells_a_name():
    assert spelled_in(SPELLER) == NAMES
    others = (file for file in sorted(PACKAGE.rglob("*.py")) if file != SPELLER and STRANGERS not in file.parents)
    assert {str(file.relative_to(PACKAGE)): found for file in others if (found := spelled_in(file))} == {}
