"""Does a signal precede a change of orientation, as the other indicators measure it?

`signals` finds the events, `matching` their controls and placebo cases, `injection` how the estimate answers to a shift
of known size, `study` puts them together and `verdict` gives one of three answers.
"""

from aneroid.audit.desk import audit, audit_all
from aneroid.audit.study import Study
from aneroid.audit.verdict import Answer, Verdict

__all__ = ["Answer", "Study", "Verdict", "audit", "audit_all"]
