"""The book of rules: one folder for each family, one file for each rule, its fixer beside it."""
