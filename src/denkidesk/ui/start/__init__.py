"""How a window starts: what is painted, opened, built and loaded, in which turn of the event loop."""
