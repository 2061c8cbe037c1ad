"""What is said beside the ranking when something has changed."""

from typing import TYPE_CHECKING

from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import ranking as texts

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking


def renewed_words(before: "Ranking | None", ranking: "Ranking") -> str:
    """That the present plan has other prices than a moment ago, with both sums where they are of the same usage."""
    is_alike = before is not None and (before.trial, before.question.usage) == (ranking.trial, ranking.question.usage)
    return texts.renewed_words(ranking.question.detail.name, before.present_yen if before and is_alike else None, ranking.present_yen)


def proposed_words(line: RankedPlan) -> str:
    """What makes the sum of a plan doubtful that goes into the quote; empty where nothing does."""
    doubts = texts.doubt_sentences(line.doubts)
    return texts.PROPOSED_DOUBTFUL.format(plan=line.detail.name, first=texts.some_doubts(doubts)) if doubts else ""
