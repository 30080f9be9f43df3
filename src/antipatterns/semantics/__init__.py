"""What the source of one file means: scopes, names, types, control flow. No rules and no reports in here."""
