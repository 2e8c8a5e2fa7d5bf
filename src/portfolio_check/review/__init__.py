"""The review: from the tree over facts, evidence and levels to the one object that every report is made of."""
