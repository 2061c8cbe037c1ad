"""Both practice servers for real, on loopback, with faults on demand: the default until real servers are set up.

May touch ``domain``, ``settings``, its own SQLite file and the files under ``resources/``. May not touch any room of the program that
it checks (``kansai``, ``enegaeru``, ``wire``, ``billing``, ``store``): what both sides got wrong together, nobody would find.
"""
