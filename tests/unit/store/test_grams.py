"""What the index of grams is asked: nothing that a row which is to be found does not have, and no more than tells it apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from denkidesk.store.grams import grams_of, grams_of_numbers, match_of

LETTERS = st.text("001pあ-", max_size=16)


def asked_for(word, *, of_numbers):
    return set(match_of([word], of_numbers=of_numbers).expression.replace('"', "").split())


@given(LETTERS, LETTERS.filter(bool), LETTERS)
@example("p", "0000012", "")
@example("06", "0000000000000000001", "5")
def test_a_text_with_the_word_in_it_has_all_that_is_asked_for(before, word, behind):
    text = before + word + behind
    assert asked_for(word, of_numbers=False) <= set(grams_of(text).split())
    assert asked_for(word, of_numbers=True) <= set(grams_of_numbers(text).split())


@pytest.mark.parametrize(
    ("word", "of_numbers", "expected"),
    [
        ("0000012", False, {"001", "012"}),
        ("120000345", False, {"120", "003", "345"}),
        ("p0000", False, {"p00", "000"}),  # one gram alone would leave more rows to look through
        ("000", False, {"000"}),
        ("00000", False, {"000"}),
        ("0600000000001", True, {"060000", "000001"}),
        ("000000", True, {"000000"}),
    ],
)
def test_a_gram_that_nearly_every_number_has_is_asked_for_where_too_few_others_tell(word, of_numbers, expected):
    assert asked_for(word, of_numbers=of_numbers) == expected
