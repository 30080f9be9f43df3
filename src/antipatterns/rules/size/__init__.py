"""AP5: size and shape."""
