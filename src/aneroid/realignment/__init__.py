"""Realignments: when several kinds of ties turn at once, which way, how sure, and how many such alarms chance would raise."""
