"""What each language says its numbers, days, hours and coins with."""
