a = 1  # noqa: AP201
# noqa: AP301

# noqa: AP301
b = 1	# noqa: AP2 because