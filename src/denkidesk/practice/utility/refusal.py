"""How the practice utility says no."""


class Refusal(Exception):
    """The request is answered with an HTTP status and a short text; ``item`` names what is wrong with it, never its value."""

    def __init__(self, status: int, item: str, rule: str = "") -> None:
        super().__init__(f"{status}:{item}:{rule}")
        self.status = status
        self.item = item
        self.rule = rule
