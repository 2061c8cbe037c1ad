"""Runs any function off the GUI thread and brings its result back to it.

Knows Qt's event loop and nothing of what it runs: no room but ``domain`` may be imported here.
"""
