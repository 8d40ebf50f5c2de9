"""What changed between two builds, and why."""
