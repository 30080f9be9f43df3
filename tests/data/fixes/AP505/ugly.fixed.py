# Nesting.
import os; import re
def tabs(a):
	for b in a:
		for c in b:	# one
			# two
			if not c:
				continue
			# three
			for d in c:
				if d:
					ä="日本";log(ä) ; b=2	# four
def gaps(a):
    for b in a:
        with b:
            if b.x and \
                    b.y:  # one
                # two

                log("""x
y""")  # three

                for c in b:

                    # four

                    if c: log(c)   # refused: a comment stands at its end
                    # five
                # six
            # seven
        # eight

@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def nested(a):
  """Doc
 string"""; x = 1
  for b in a:
    if not (b  # one
    ):
      log(f"{'a'}")
      while b:
        if not b:
          continue
        with b: log(b);
