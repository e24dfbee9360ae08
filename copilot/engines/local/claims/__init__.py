"""The claim finder: which pieces of a call are advice, actions, decisions, questions, opportunities."""
