"""One file a data set: its layout, terms and quirks, `load` from a file, `derive` what the snapshot ships."""
