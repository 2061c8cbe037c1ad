"""新規申込: the application forms on the screen. Shows what ``forms`` says and asks ``desk`` to act; decides nothing of either."""
