"""The data the package ships; read it through `aneroid.sources.snapshot`."""
