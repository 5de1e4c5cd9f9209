"""What stands on each kind of sheet."""
