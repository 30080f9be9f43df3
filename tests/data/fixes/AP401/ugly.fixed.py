# Imports.
from __future__ import annotations
import os; import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests	# why
    from redis import (  # one
        # two
        Redis,  # three
        # four
    )  # five
    from httpx \
        import Client

ä="日本"

@decorator(lambda x: {"a": 'b'})
def one_line(s: Redis, e: Client) -> requests.Session: return os.sep, f"{'a'}"   
