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
			self._checkout_part(tax)
			self.note(line)
			self.note(total)
			# behind the loop's last

		# before the end
		third(total)

		return total  # done

	def _checkout_part(self, tax: float) -> None:
		text = """
	kept as it is
				{line}
"""
		self.note(text, tax)
		self.note(text)

	# between methods

	def after(self): pass
