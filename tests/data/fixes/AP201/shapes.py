import os
import sys
import traceback

try:
    a()
except:
    b()
try: a()
except: b()
try:
    a()
except    :    # comment
    # above
    b()  # behind
try:
    a()
except \
        :
    b()
try:
    a()
except ValueError:
    b()
except Exception:
    c()
except:
    d()
try:
    a()
except:
    if b():
        raise
    c()
try:
    a()
except:
    raise RuntimeError
try:
    a()
except:
    try:
        traceback.print_exc()
    finally:
        os._exit(1)


def keep():
    try:
        a()
    except:
        caught = sys.exc_info()
    b(caught)


def tell():
    try:
        a()
    except:
        caught = sys.exc_info()[1]
        print(caught)


def nested():
    try:
        try:
            a()
        except: b()
    except:
        try:
            c()
        except:
            d()
    else:
        é = "é"; ü = "ü"
def tabs():
	try:
		g()
	except:h()


def keep_elsewhere(self, queue):
    try:
        a()
    except:
        self.error = sys.exc_info()
    try:
        a()
    except:
        caught = sys.exc_info()
        if caught[0]:
            queue.put(caught)
    try:
        a()
    except:
        kind, error, _ = sys.exc_info()
        last = error
    print(f"{sys.exc_info()}")
    return last
