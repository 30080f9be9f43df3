# limit 14
class Shop:
	"""Sells."""

	@log("x")  # decorated
	def checkout(self, order: Order, tax: float) -> float:
		"""Doc

	string.
		"""
		first(order)
		second(order)

		# Compute the total,
		# in cents.
		total = 0  # cents
		for line in order.lines:
			# each
			if line.free: continue
			total += (line.price *
				self.rate)
			text = """
	kept as it is
				{line}
"""
			self.note(text, tax)
			self.note(text)
			self.note(line)
			self.note(total)
			# behind the loop's last

		# before the end
		third(total)

		return total  # done

	# between methods

	def after(self): pass
