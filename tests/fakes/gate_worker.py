"""A process that starts requests through a gate and notes when: ``gate_worker.py DIRECTORY INTERVAL_S MARGIN_S STARTS_FILE COUNT [DIE]``.

Prints a line when it is ready and waits for one on its input. ``DIE`` kills the process with no chance to tidy up, in its last turn:
``before`` its start, or ``after`` it but before the gate can note it.
"""

import os
import signal
import sys
from pathlib import Path

from denkidesk.wire.gate import Gate, machine_clock_ns


def main():
    directory, interval_s, margin_s, starts_file, count, *die = sys.argv[1:]
    gate = Gate(Path(directory), "company", float(interval_s), float(margin_s))
    starts = os.open(starts_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(int(count)):
        is_last = number == int(count) - 1
        with gate.turn():
            if is_last and die == ["before"]:
                os.kill(os.getpid(), signal.SIGKILL)
            os.write(starts, f"{machine_clock_ns()} {os.getpid()}\n".encode())
            if is_last and die == ["after"]:
                os.kill(os.getpid(), signal.SIGKILL)
    os.close(starts)


if __name__ == "__main__":
    main()
