# limit 13
import os

def convert(items, *, strict=False):
    if strict:
        for item in items:
            a = item; b = a  # two
            # comment one

            _handle_a(a, b)
            print(a)
            print(b)
    last(items)
    last(strict)
    return items


def _handle_a(a, b):
    if a:
# at the margin
        print(f"""
  {a}
                """, b,
        a)
        print('one \
    two')
    else:
        print(a \
            + b)