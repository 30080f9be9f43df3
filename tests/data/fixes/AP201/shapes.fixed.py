import os
import sys
import traceback

try:
    a()
except Exception:
    b()
try: a()
except Exception: b()
try:
    a()
except Exception    :    # comment
    # above
    b()  # behind
try:
    a()
except Exception \
        :
    b()
try:
    a()
except ValueError:
    b()
except Exception:
    c()
except BaseException:
    d()
try:
    a()
except BaseException:
    if b():
        raise
    c()
try:
    a()
except BaseException:
    raise RuntimeError
try:
    a()
except BaseException:
    try:
        traceback.print_exc()
    finally:
        os._exit(1)


def keep():
    try:
        a()
    except BaseException:
        caught = sys.exc_info()
    b(caught)


def tell():
    try:
        a()
    except Exception:
        caught = sys.exc_info()[1]
        print(caught)


def nested():
    try:
        try:
            a()
        except Exception: b()
    except Exception:
        try:
            c()
        except Exception:
            d()
    else:
        é = "é"; ü = "ü"
def tabs():
	try:
		g()
	except Exception:h()


def keep_elsewhere(self, queue):
    try:
        a()
    except BaseException:
        self.error = sys.exc_info()
    try:
        a()
    except BaseException:
        caught = sys.exc_info()
        if caught[0]:
            queue.put(caught)
    try:
        a()
    except BaseException:
        kind, error, _ = sys.exc_info()
        last = error
    print(f"{sys.exc_info()}")
    return last
