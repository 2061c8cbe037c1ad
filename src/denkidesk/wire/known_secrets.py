"""The secrets that this process sends, taken out of whatever a server says: some quote the value that they refuse.

A secret of eight characters or more that is not a number is taken out wherever it stands, in any spelling. A shorter one, or a number,
might stand in an honest text: from four characters on it is taken out as a word of its own (no letter or digit beside it), below that
only where nothing but quotes, brackets, ``=`` or ``:`` stand around it, and neither is looked for in receipt numbers and codes.
"""

import re
import threading
from collections.abc import Iterator
from typing import Final, NamedTuple

MASK: Final = "***"
_STRONG: Final = 8
_WORD: Final = 4
_NAMED: Final = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_ALIKE: Final = (
    {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)} | dict.fromkeys(map(ord, "-－"), "+") | dict.fromkeys(map(ord, "_＿"), "/")
)
"""Full width, and the two alphabets of base64."""
_ESCAPES: Final = re.compile(r"[&%\\\x00]")
_ONE_OF_A_RUN: Final = re.compile(r"\s+")
_BACKSLASHES: Final = re.compile(r"\\+")
_BASE64: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=%")  # as a URL may spell it
_AS_WORD: Final = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_ENCLOSED: Final = r"""(?:(?<=["'<>=:;「『（(\[{{])|\A){}(?=["'<>&,;」』）)\]}}]|\Z)"""


class _Patterns(NamedTuple):
    strong: re.Pattern[str]
    base64: re.Pattern[str]  # goes with all that hangs on to it: the first and last letters hold a part of the secret
    weak: re.Pattern[str]


class KnownSecrets:
    """What was learned is found again plain, escaped for XML, JSON or a URL, in full width, in hexadecimal and in base64, alone or behind
    an id, however the spellings are mixed. Safe from any thread; a text without a secret costs some microseconds.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._learned: set[tuple[str, str]] = set()
        self._needles: tuple[str, ...] = ()
        self._shortest = 0
        self._patterns: _Patterns | None = None  # made when they are needed

    def learn(self, secret: str, login_id: str = "") -> None:
        """From here on it is taken out; ``login_id``: what stands before it in a Basic login."""
        if not secret or (secret, login_id) in self._learned:
            return
        with self._lock:
            self._learned.add((secret, login_id))
            spellings = [spelling for known, its_id in self._learned for spelling in (known, *_encoded(known, its_id))]
            self._needles = tuple({_plain(spelling) for spelling in spellings})
            self._shortest = min(map(len, self._needles))
            self._patterns = None

    def may_stand_in(self, text: str) -> bool:
        """False: none does, in no spelling."""
        if len(text) < self._shortest or not self._needles:
            return False
        if _ESCAPES.search(text):
            return True
        plain = _plain(text)
        return any(needle in plain for needle in self._needles)

    def cleaned(self, text: str, *, is_code: bool = False) -> str:
        """The text with :data:`MASK` in the place of each secret. ``is_code``: where a short one may stand by chance."""
        if not self.may_stand_in(text):
            return text
        patterns = self._compiled()
        text = _masked(_masked(text, patterns.strong), patterns.base64, _BASE64)
        return text if is_code else _masked(text, patterns.weak)

    def _compiled(self) -> "_Patterns":
        with self._lock:
            if self._patterns is None:
                strong: list[str] = []
                coded: list[str] = []
                weak: list[str] = []
                for known, its_id in sorted(self._learned, key=lambda one: -len(one[0])):
                    encoded = [(each, _encoded_letter, coded) for each in _encoded(known, its_id)]
                    for spelling, letter, strong_ones in ((known, _letter, strong), *encoded):
                        pattern = r"\x00?".join(map(letter, _ONE_OF_A_RUN.sub(" ", _BACKSLASHES.sub(r"\\", spelling))))
                        if len(spelling) >= _STRONG and not spelling.isdigit():
                            strong_ones.append(pattern)
                        else:
                            weak.append((_AS_WORD if len(spelling) >= _WORD else _ENCLOSED).format(pattern))
                self._patterns = _Patterns(*(re.compile("|".join(each) or "(?!)", re.IGNORECASE) for each in (strong, coded, weak)))
            return self._patterns


def _plain(text: str) -> str:
    return " ".join(text.translate(_ALIKE).lower().split())


def _masked(text: str, pattern: re.Pattern[str], and_beside: frozenset[str] = frozenset()) -> str:
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        begin, after = match.span()
        if begin < end:
            continue
        while begin > end and text[begin - 1] in and_beside:
            begin -= 1
        while after < len(text) and text[after] in and_beside:
            after += 1
        parts += [text[end:begin], MASK]
        end = after
    return "".join(parts) + text[end:]


def _encoded(secret: str, login_id: str) -> Iterator[str]:
    """The other alphabets that a secret may be written in."""
    import base64

    for raw in (secret.encode("utf-8", "surrogatepass"), secret.encode("utf-16-le", "surrogatepass")):
        if len(raw) * 2 >= _STRONG:
            yield raw.hex()
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + raw).decode("ascii")
            core = whole[-(-8 * before // 6) : 8 * (before + len(raw)) // 6]  # what no neighbour changes
            if len(core) >= _STRONG:
                yield core
        yield base64.b64encode(raw).decode("ascii").rstrip("=")
    if login_id:
        yield base64.b64encode(f"{login_id}:{secret}".encode("utf-8", "surrogatepass")).decode("ascii").rstrip("=")


def _encoded_letter(letter: str) -> str:
    return letter if letter.isalnum() else _letter(letter)


def _letter(letter: str) -> str:
    if letter == " ":
        return r"(?:\s|%(?:25)*20|\+|&(?:amp;)*(?:#0*32|#x0*20|nbsp);){1,9}"
    if letter == "\\":  # a run of them is one, however often each was doubled; given back one by one they would take for ever
        return r"(?:\\|＼|%(?:25)*5c|&(?:amp;)*#(?:0*92|x0*5c);)++"
    code = ord(letter)
    ways = [re.escape(letter)]
    if 0x21 <= code < 0x7F:
        ways.append(chr(code + 0xFEE0))
    ways.append("".join(f"%(?:25)*{byte:02x}" for byte in letter.encode("utf-8", "surrogatepass")))
    ways.append(f"&(?:amp;)*#(?:0*{code}|x0*{code:x});")
    if letter in _NAMED:
        ways.append(f"&(?:amp;)*{_NAMED[letter]};")
    if code < 0x10000:
        ways.append(rf"\\{{0,4}}u{code:04x}")
    if letter in "\"'/":
        ways.insert(0, rf"\\{{1,4}}{re.escape(letter)}")
    if letter in "-_":  # the two alphabets of base64
        ways.append("[+/]")
    elif letter in "+/":
        ways.append("[-_]")
    return f"(?:{'|'.join(ways)})"
