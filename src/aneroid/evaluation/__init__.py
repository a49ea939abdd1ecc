"""Is it right? Gold sets, studies on what a model did not see, expectations of the field. Only the edges import this."""
