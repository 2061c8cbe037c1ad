"""The ranking as a picture for somebody's letter, and its numbers for a spreadsheet."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from denkidesk.domain.plans import PlanType
from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import pictures as texts
from denkidesk.texts import ranking as ranking_texts
from denkidesk.texts.plan_names import full_name
from denkidesk.ui.charts.ranking_bars import RankingBars, RankingLine, ranking_lines_of
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.tariffs.picture_menu import PictureMenu, UnseenPicture
from denkidesk.ui.tariffs.ranking_counts import rule_of

if TYPE_CHECKING:
    from denkidesk.ui.tariffs.ranking_model import RankingModel


def ranking_menu(context: UiContext, strips: Strips, model: "RankingModel", parent: QWidget) -> PictureMenu:
    """Hands on what the list shows when it is pressed."""
    return PictureMenu.of(context, strips, [UnseenPicture(texts.RANKING, lambda: ranking_picture(model))], parent)


def ranking_picture(model: "RankingModel") -> RankingBars | None:
    """The rows of a list, and the present plan; None while nothing is ranked."""
    ranking = model.ranking
    if ranking is None:
        return None
    lines = [_line(model, model.line(row)) for row in range(model.rowCount())]
    present = None if ranking.present is None else _line(model, ranking.present)
    trial = ranking_texts.trial_words(ranking.trial, ranking.size.unit)
    return RankingBars(ranking_lines_of(lines, present), ranking.is_year, "　".join(filter(None, (trial, rule_of(ranking)))))


def _line(model: "RankingModel", line: RankedPlan) -> RankingLine:
    name = full_name(line.detail.name, line.detail.base_name)
    is_linked = line.detail.plan_type is PlanType.MARKET_LINKED
    head = (name, line.company.name, line.rank, line.yen, line.difference, line.is_present, model.is_own(line), is_linked)
    return RankingLine(*head, None if line.spread is None else line.spread.ends, line.apart, model.is_doubtful(line))
