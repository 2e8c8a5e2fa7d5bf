"""How well the tool judges, measured: `accuracy`, and the model that weighs prose: `prose`."""
