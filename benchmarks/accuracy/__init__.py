"""Agreement of reviews with labelled repositories. README.md beside this file says how to run it."""
