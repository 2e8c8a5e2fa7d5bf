"""Language: sentences, tokens, term lists in several languages, and moods. This floor imports no other."""
