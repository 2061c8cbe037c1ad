"""What comes up on the way to a bill."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Findings:
    """Warnings and the numbers of the assumed rules that acted, as they come up during one bill."""

    warnings: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
