"""Version 15: those in which nothing moves are found stage by stage: among a million closed ones a few open ones have stood still."""

from typing import Final

STATEMENTS: Final = ("CREATE INDEX inbox_unmoved ON inbox (work_stage, moved_on)",)
