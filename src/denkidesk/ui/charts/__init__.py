"""Pictures of bills and usage: figure functions that know neither screen nor paper, and the two ways to show them.

``style`` and ``figures`` need matplotlib alone; ``canvas`` puts a figure on the screen (QtAgg), ``vector`` paints the same figure with
QPainter, so that PDF and printer get lines and text instead of pixels. Nothing here reads a file or asks a server. matplotlib is
imported when the first picture is made, never at the import of this package.
"""
