"""AP3: defaults and shared state."""
