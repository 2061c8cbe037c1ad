"""新規申込: the application wizards on the screen. Shows what ``forms`` says and asks ``desk`` to act; decides nothing of either."""
