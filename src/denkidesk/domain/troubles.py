"""What can go wrong between this desk and the utility, as a clerk practises it."""

from enum import StrEnum


class Trouble(StrEnum):
    """By what the clerk meets. Each strikes the next application that is sent, once."""

    CUT = "cut"  # it is taken, then the connection ends before the answer
    LATE = "late"  # the answer takes its time
    MAINTENANCE = "maintenance"  # 503 in the place of an answer
    LOGIN = "login"  # the login is refused
    CLOSED = "closed"  # closed hours begin now, for two minutes
