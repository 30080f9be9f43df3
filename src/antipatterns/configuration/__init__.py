"""How settings are written, in files and on the command line; what they come to is in `settings.py`."""
