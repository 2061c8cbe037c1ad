"""What a quote says of how it was made."""

import pytest

from denkidesk.domain.ranking import Apart
from denkidesk.texts.quote import compared_words


@pytest.mark.parametrize(
    ("apart", "without"),
    [
        ({Apart.FUEL: 0, Apart.PRICES: 0}, ""),
        ({Apart.FUEL: 6, Apart.PRICES: 0}, "（燃料費の分からない 6プランを除く）"),
        ({Apart.FUEL: 6, Apart.PRICES: 2}, "（燃料費の分からない 6プランと単価に漏れか重複のある 2プランを除く）"),
    ],
)
def test_the_plans_without_a_sum_are_counted_by_their_reason(apart, without):
    said = compared_words("見本エリア", 3, 1_234, apart)
    assert said == f"比べた範囲：保存してある見本エリアのプランのうち、このご契約と使用量で計算できる 3社 1,234プラン{without}。"
