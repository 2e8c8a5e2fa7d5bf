"""Language: sentences, tokens, term lists in several languages, and the mood of a sentence. This floor imports no other."""
