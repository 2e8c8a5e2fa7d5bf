"""Evidence: facts put together into what a reviewer argues with; slots carry values and places, and may be empty."""
