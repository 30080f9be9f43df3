"""What one file says, without judgment: records that depend on nothing but the file's bytes."""
