"""Files and folders: finding them, naming them, placing what is written, whose a file is."""
