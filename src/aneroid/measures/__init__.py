"""Ideal points, similarity, dependence: arrays or data frames in, tidy frames out; no store, no plots."""
