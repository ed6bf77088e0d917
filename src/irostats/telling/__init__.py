"""Words on the terminal: what the commands print, in plain lines that a script can read too."""
