"""One function a chart: a tidy frame in, a :class:`Chart` out, with a title that states the finding and a text alternative."""
