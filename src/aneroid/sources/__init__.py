"""One file a data set: its layout, terms, coverage and quirks, `load` from a file, `derive` what the snapshot ships."""
