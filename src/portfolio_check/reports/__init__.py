"""Reports: the review in one format each. A report never decides."""
