# coding: latin-1
# limit 10
def f(a):
    # Prüfe
    é = "ü"; step(é)
    
    _check_value(a)

    step(5); step(6);
    step(7)
    return é


def _check_value(a):
    # Check the value
    if a:
        raise ValueError("ä"
"ö")
    step(1)
    step(2)
    step(3)
    step(4)
