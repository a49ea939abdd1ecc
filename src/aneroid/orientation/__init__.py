"""One latent model over all indicators: closeness, lean, posture, their intervals, and what moved them.

`aneroid.orientation.fit` holds the entry points; `model` states the equation.
"""
