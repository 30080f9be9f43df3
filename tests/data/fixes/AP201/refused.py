Exception = ValueError
try:
    a()
except:  # refused: Exception is not the builtin here
    b()
