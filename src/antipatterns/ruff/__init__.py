"""What ruff, where it runs beside this tool, already reports: its configuration files, read as it reads them."""
