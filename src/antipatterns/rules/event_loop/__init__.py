"""AP1: the event loop."""
