# coding: latin-1
def f(é='ü', a=['é']): return [é, *a]
