"""Builds a run and opens its desk, with or without a window. The only room that knows all the others; it decides nothing about the work.

May import everything but ``cli`` and ``smoke``; ``ui`` only inside the function that opens the window.
"""
