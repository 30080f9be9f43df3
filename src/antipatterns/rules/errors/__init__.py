"""AP2: errors."""
