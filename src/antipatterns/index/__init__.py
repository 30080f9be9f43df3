"""What all files say together: modules found by name, and names, types and calls followed from file to file."""
