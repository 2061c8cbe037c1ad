"""Below the ranking: what can be done with the plan whose row is chosen."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.texts import ranking as texts
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.theme import SPACE_S

if TYPE_CHECKING:
    from denkidesk.ui.tariffs.picture_menu import PictureMenu
    from denkidesk.ui.tariffs.ranking_table import RankingTable


class RankingActs(QWidget):
    """A button for each of ``acts``, which the table's menu has too; ``take`` makes the plan of the quote the present one."""

    def __init__(
        self,
        acts: Sequence[tuple[str, Callable[[], None]]],
        table: "RankingTable",
        take: Callable[[], None],
        pictures: "PictureMenu",
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.of_chosen = [_button(words, act, self) for words, act in acts]
        self.take = _button(texts.TAKE_AS_PRESENT, take, self)
        table.offer(*self.of_chosen)
        row = Flow(SPACE_S).add(*self.of_chosen, self.take, pictures)
        self.setLayout(row)

    def allow(self, *, is_chosen: bool, has_price_to_type: bool) -> None:
        """Whether there is a plan to do something with, and whether it is one whose fuel price can be typed.

        Each button is told once: one that is on for a moment in between is painted twice at each step of a slider.
        """
        *of_any, price = self.of_chosen
        for button in of_any:
            button.setEnabled(is_chosen)
        price.setEnabled(is_chosen and has_price_to_type)


def _button(words: str, act: Callable[[], None], parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.clicked.connect(act)
    return button
