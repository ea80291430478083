"""How this person's foot moves: reaction time, the shape of a press, its share of the cells."""

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.sources.sim.config import FootConfig
from trainer.sources.sim.press import Shape
from trainer.sources.sim.statics import cell_changes, toe_moment


class Limb:
    """Draws what differs from press to press."""

    def __init__(self, config: FootConfig, rng: np.random.Generator) -> None:
        self._config = config
        self._rng = rng

    def reaction_s(self) -> float:
        """Return the seconds from a cue to the first force."""
        return float(np.clip(self._config.reaction_s * self.spread(0.22), 0.2, 0.45))

    def spread(self, sd: float) -> float:
        """Return a factor whose logarithm has the given sd."""
        return float(np.exp(sd * self._rng.standard_normal()))

    def shape(self, depth: float) -> Shape:
        """Return how a press rises, fluctuates and falls at a depth of fatigue from 0 to 1."""
        config = self._config
        return Shape(
            rise_s=float(np.clip(config.rise_s * self.spread(0.35), 0.12, 1.0)),
            fall_s=float(np.clip(config.fall_s * self.spread(0.30), 0.08, 0.6)),
            skew=self.spread(config.skew),
            droop=config.droop + config.tired_droop * depth,
            droop_s=12.0 * (1.0 - 0.5 * depth),
            wander_cv=_between(config.wander_cv, self._rng.random()),
            tremor_ratio=_between(config.tremor_ratio, self._rng.random()) * (1.0 + depth),
        )

    def cells_per_n(self, extra_nm: float, level_n: float) -> FloatArray:
        """Return (4,) changes of the cells for one newton of the toes, with the calf's moment."""
        hallux = 0.45 + 0.2 * self._rng.random()
        ratio, push = self._rng.standard_normal(2)
        clean = self._config.clean_ratio + self._config.clean_ratio_sd * ratio
        moment = clean * toe_moment(hallux, 1.0 - hallux) + extra_nm / level_n
        push_n = self._config.leg_push_n * push / level_n
        return cell_changes(hallux, 1.0 - hallux, push_n, moment)


def _between(limits: tuple[float, float], share: float) -> float:
    low, high = limits
    return low + (high - low) * share
