"""The practice quoting API: all six endpoints and the login, over a catalogue of published plans and plainly invented companions.

May touch ``domain``, ``settings``, the practice HTTP server and the files under ``resources/practice``. Its bill is a slow program of its
own, hour by hour: it shares nothing with ``billing``, so that comparing the two means something.
"""
