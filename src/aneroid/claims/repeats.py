"""Articles that nearly repeat one another: agency copy printed by many outlets is one voice, however often it is printed.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. doi:10.1109/SEQUEN.1997.666900
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.record.marks import save_marks, sharing_a_band
from aneroid.record.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = 5  # in a shingle
PERMUTATIONS = 128
SEED = 1
SHORTEST = 20  # shingles; a shorter text repeats another only if it is the same text
CONTAINED = 0.7  # share of the shorter article's shingles that stand in the longer one


@dataclass(frozen=True, slots=True)
class Marks:
    """What near-repeats are found by: number of shingles and MinHash signature."""

    shingles: int
    signature: NDArray[np.uint32]

    @property
    def keys(self) -> list[int]:
        """Keys of bands of two rows: articles that share one are compared."""
        return [int(a) << 32 | int(b) for a, b in self.signature.reshape(-1, 2)]


def marks(text: str) -> Marks:
    """Compute the marks of a text; case, punctuation and line breaks do not matter."""
    import numpy as np
    from datasketch import MinHash

    words = re.findall(r"\w+", text.casefold())
    shingles = {" ".join(words[at : at + WORDS]).encode() for at in range(len(words) - WORDS + 1)}
    sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update_batch(sorted(shingles))
    return Marks(len(shingles), sketch.hashvalues.astype(np.uint32))


def containment(one: Marks, other: Marks) -> float:
    """Estimate which share of the shorter text's shingles stand in the longer one.

    Returns
    -------
    float
        Between 0 and 1; about .05 of error either way with 128 permutations.
    """
    import numpy as np

    if not min(one.shingles, other.shingles):
        return 0.0
    jaccard = float(np.mean(one.signature == other.signature))
    shared = jaccard / (1 + jaccard) * (one.shingles + other.shingles)
    return min(1.0, shared / min(one.shingles, other.shingles))


def mark_article(store: Store, article: str, text: str) -> str | None:
    """Keep an article's marks and say which kept article it nearly repeats.

    Returns
    -------
    str or None
        The first article of the group, or None where the text stands alone.
    """
    import numpy as np

    own = marks(text)
    if own.shingles < SHORTEST:
        return None
    near = sharing_a_band(store, article, own.keys)
    save_marks(store, article, own.shingles, own.signature.tobytes(), own.keys)
    for row in near.to_dict("records"):
        other = Marks(int(row["shingles"]), np.frombuffer(bytes(row["signature"]), dtype=np.uint32))
        if containment(own, other) >= CONTAINED:
            head = row["copy_of"] if isinstance(row["copy_of"], str) else str(row["article"])
            return None if head == article else head
    return None
