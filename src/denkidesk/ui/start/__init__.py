"""How a window starts, and what was done so that the clerk never waits for it. ``compose.window`` builds the objects; the order is here.

1. Before Qt: the collector of garbage is put off (``interpreter``), settings and texts are read. ``questions`` asks where the settings or
   the folder are at fault.
2. Qt is loaded, told to read no source of what is imported after it (``interpreter.load_qt``), and the frame is built: menus, tabs,
   status bar, no screen. ``first_paint`` says when it has been painted and the event loop is free.
3. The turn after the paint opens the desk; then, one in each turn of the event loop, so that the window answers in between: the code of
   the screen in front is loaded, the screen is built where it will stand, and its lane begins to read the store; it is shown; what became
   of damaged data is told (``turns``).
4. The screen stands with its rows: ``MainWindow.ready``. ``after_paint`` listens for second starts, makes today's backup, shows the report
   of a crash.
5. A quarter of a second later, when the window has been painted for good, ``warm_up`` loads zeep, matplotlib and the service description,
   one lane after the other, and starts the practice servers. Then memory is settled, and ``garbage`` is looked for by the window's thread.
6. ``rehearsal`` draws the pages of a screen once while nothing else runs, so that the first look at them does not.

Figures, as ratios to a bare Qt window of the same run (medians of 9; Python 3.11, Linux, offscreen; the bare window takes 130 ms):

====================================== ======= =======================================================================
first paint, CPU time                     1.75 ``bench/startup.py`` (bar 2.0); frozen: ``bench/frozen_start.py`` (2.0)
inbox with its rows                       2.15 ``bench/startup.py`` (bar 2.2)
memory at the first paint                 1.44 ``bench/startup.py`` (bar 1.5)
latest 10 ms tick during the warm-up    48 ms  ``bench/warm_up.py`` (bar 50 ms), which is over after 1.6 s
====================================== ======= =======================================================================

What the time goes into, in about so many milliseconds of the 150 on top of the bare window: classes of Qt's enumerations, which are
made with the first ``Qt.`` (35); our own modules (30) and the values in them (25, see ``domain.values``); fonts (10); the store (10);
widgets, style and layout (35). Loading less is what helps: a module that the inbox does not show is imported by whoever asks first,
and ``tests/end_to_end/test_startup_modules.py`` names them.

May import the shell and what stands below ``ui``'s screens; the screens know ``rehearsal`` alone.
"""
