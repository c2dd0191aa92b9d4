"""The proof by replay: labelled utterances as a household's life, through the real engine."""
