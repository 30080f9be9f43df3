"""What all files say together: which files there are, and what they are to each other."""
