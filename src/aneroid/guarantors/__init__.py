"""Who protects a state."""
