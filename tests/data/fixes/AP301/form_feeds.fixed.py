
def f(a=None):
    if a is None:
        a = []
    
    return [*a]

def g(a=None):
    if a is None:
        a = []
    return [*a]   
def h(a=[]): # refused: form feed
    return [*a]
def i(a=[]): # refused: as it stands
    b = [*a]
    return b
