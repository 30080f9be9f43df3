"""AP0: about the run itself."""
