"""AP4: architecture."""
