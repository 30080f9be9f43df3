# coding: latin-1
def f(é='ü', a=None):
    if a is None:
        a = ['é']
    return [é, *a]
