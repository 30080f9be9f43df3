# Long.
import os; import re
@decorator(lambda x: {"a": 'b'})
# between decorators
@other
def tabs(a):
	"""Doc
  string"""
	ä="日本";b=ä
	check(a,0)	# 0
	check(a,1)	# 1
	check(a,2)	# 2
	check(a,3)	# 3
	check(a,4)	# 4
	check(a,5)	# 5
	check(a,6)	# 6
	check(a,7)	# 7
	check(a,8)	# 8
	check(a,9)	# 9
	check(a,10)	# 10
	check(a,11)	# 11
	check(a,12)	# 12
	check(a,13)	# 13
	check(a,14)	# 14
	check(a,15)	# 15
	check(a,16)	# 16
	check(a,17)	# 17
	check(a,18)	# 18
	check(a,19)	# 19
	check(a,20)	# 20
	check(a,21)	# 21
	check(a,22)	# 22
	check(a,23)	# 23
	check(a,24)	# 24
	check(a,25)	# 25
	check(a,26)	# 26
	check(a,27)	# 27
	check(a,28)	# 28
	check(a,29)	# 29

	# Load the rows.
	rows=[]	# why
	for x in a:
		if x:rows.append(x);rows.append("""x
y""") ; continue
		# deep
		rows.append(  # one
			# two
			f"{'a'}"  # three
		)
		rows.append(0)
		rows.append(1)
		rows.append(2)
		rows.append(3)
		rows.append(4)
		rows.append(5)
		rows.append(6)
		rows.append(7)
		rows.append(8)
		rows.append(9)
		rows.append(10)
		rows.append(11)
		rows.append(12)
		rows.append(13)

	# behind

	total=len(rows) \
		+ 1
	return total, b
