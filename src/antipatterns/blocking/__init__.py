"""Which calls block the thread that they run on, as `knowledge/` and the code around them tell."""
