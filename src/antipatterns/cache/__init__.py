"""What earlier runs found out, on the disk: facts of files, outcomes, and what each of them depends on."""
