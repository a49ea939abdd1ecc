"""One function a chart: tidy frame in, ``Chart`` out; its title and text alternative state the finding."""
