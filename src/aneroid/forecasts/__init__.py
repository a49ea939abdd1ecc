"""Forecasts: who acts on whom, and how many die in a country's month. Each is learned only from what came before."""
