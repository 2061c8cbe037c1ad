"""Version 5: search finds the variants of a name (高 and 髙); what is stored for it is folded anew."""

from typing import Final

STATEMENTS: Final = ("UPDATE inbox SET search_text = folded_for_search(search_text)",)
