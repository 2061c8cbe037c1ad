"""A machine clock that moves only when somebody waits, or when the scheduler of the test takes the processor away."""


class FakeMachine:
    """``stall``: nanoseconds lost at each reading of the clock. ``part``: which part of a wait really passes."""

    def __init__(self, stall=lambda: 0, part=lambda: 1.0):
        self.now_ns = 5_000_000_000
        self.on_wait = lambda: None
        self._stall = stall
        self._part = part

    def clock(self):
        seen = self.now_ns
        self.now_ns += self._stall()
        return seen

    def wait(self, seconds, cancel):
        self.on_wait()
        if cancel is None or not cancel.is_cancelled:
            self.now_ns += max(1, round(seconds * 1e9 * self._part()))
