"""Ideal points, similarity, dependence: arrays or data frames in, tidy frames out; no store, no plots.

Public functions::

    ideal_points.ideal_points        positions from votes, with joint posterior draws
    similarity.similarity            S, kappa, pi, tau-b, agreement of all pairs of one matrix
    dyads.dyad_similarity            the same for all dyads and periods of a table
    dyads.alliance_portfolios        complete portfolios from alliance ties
    dependence.dependence, .concentration
    movement.split_movement          own, pole's and agenda's part of a change
    published.compare_series         agreement with another series
    verbs                            the same on the packaged votes
"""
