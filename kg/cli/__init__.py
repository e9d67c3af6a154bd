"""The command line: one file a command. A command reads its options, calls the library and prints."""
