"""Fixing: with the ``*_fix.py`` files beside the rules, the only part of the package that knows libcst."""
