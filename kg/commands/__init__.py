"""The commands of the command line: each takes arguments, makes one library call and prints what it gave."""
