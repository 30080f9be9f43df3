a()

try:
    a()
except:

    b()

class A:

    try: a()
    
    except: b()
try: a()
except:
    b()