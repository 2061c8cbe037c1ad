"""The table of variants is a table: every letter once, one form for each group, and folding twice changes nothing."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain import name_folding
from denkidesk.domain.name_folding import folded

GROUPS = (name_folding._JOYO + name_folding._NAMES).split()


def test_no_letter_is_a_variant_of_two():
    variants = [variant for group in GROUPS for variant in group[1:]]
    assert len(variants) == len(set(variants))
    assert len(variants) > 400


def test_every_group_has_one_form_that_is_its_own():
    for group in GROUPS:
        assert len({folded(letter) for letter in group}) == 1, group
        assert folded(folded(group)) == folded(group)
        assert unicodedata.normalize("NFKC", group) == group  # what NFKC folds needs no line


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)
