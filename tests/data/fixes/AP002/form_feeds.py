a = 1  # noqa: AP201

  # noqa: AP201
# noqa: AP202
