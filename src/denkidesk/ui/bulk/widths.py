"""How columns share the room that there is."""

from collections.abc import Mapping


def shared_room(columns: Mapping[int, tuple[int, int]], room: int) -> dict[int, int]:
    """``columns``: for each how wide it is at the least and how wide it would like to be. The widest give way first; where even the least
    is too much, all are as narrow as they can be and the room is exceeded.
    """
    least = sum(low for low, _ in columns.values())
    if least >= room:
        return {column: low for column, (low, _) in columns.items()}
    low_cap, high_cap = 0, max((high for _, high in columns.values()), default=0)
    while low_cap < high_cap:  # the widest cap under which all fit
        cap = (low_cap + high_cap + 1) // 2
        if sum(max(low, min(cap, high)) for low, high in columns.values()) <= room:
            low_cap = cap
        else:
            high_cap = cap - 1
    return {column: max(low, min(low_cap, high)) for column, (low, high) in columns.items()}
