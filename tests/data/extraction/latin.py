# coding: latin-1
# limit 10
def f(a):
    # Prüfe
    é = "ü"; step(é)
    
    # Check the value
    if a:
        raise ValueError("ä"
"ö")
    step(1)
    step(2)
    step(3)
    step(4)

    step(5); step(6);
    step(7)
    return é
