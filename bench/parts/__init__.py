"""What can be measured, one file a part. A part says how long it takes and gives its findings for one database."""
