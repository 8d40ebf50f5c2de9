"""What is the same: surface forms to concepts, printed names to people."""
