"""One function a chart: tidy frame in, ``Chart`` out, with a title and text alternative that state the finding."""
