"""All Japanese text the clerk reads, and the one place where errors become sentences. Free of Qt: the command line uses it too."""
