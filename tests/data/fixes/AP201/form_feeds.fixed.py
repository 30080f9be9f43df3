a()

try:
    a()
except Exception:

    b()

class A:

    try: a()
    
    except Exception: b()
try: a()
except Exception:
    b()