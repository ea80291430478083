"""Draws one picture per exercise: a foot, from the side or above, and arrows for what moves."""

import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "trainer/coach/pictures"

_SIDE: Final = (
    '<path d="M70 40 L70 110 Q60 150 75 160 L110 160 Q140 {arch} 190 160 L225 160 L270 {tip} '
    'Q276 {top} 258 {top2} L220 138 Q150 112 130 40" class="foot"/>'
)
_FLOOR: Final = '<path d="M20 162 H300" class="floor"/>'
_BLOCK: Final = '<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="4" class="tool"/>'
_ABOVE: Final = (
    '<path d="M120 190 Q110 150 112 110 L105 72 Q150 52 215 84 L200 120 Q185 160 175 190 '
    'Q148 206 120 190" class="foot"/>'
)


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:g} {y1:g} L{x2:g} {y2:g}" class="move" marker-end="url(#tip)"/>'


def _side(*, arch: int = 145, lift: int = 0) -> str:
    toes = _SIDE.format(arch=arch, tip=160 - lift, top=150 - lift, top2=146 - lift)
    return _FLOOR + toes


def _above(*, spread: float = 0.0, hallux: float = 0.0) -> str:
    """Return a foot from above with five toes, `spread` px between them."""
    toes = ""
    for index, (x, y, r) in enumerate(
        ((118, 52, 15), (142, 44, 10), (163, 48, 9), (183, 57, 9), (202, 70, 8))
    ):
        moved = x + (index - 2) * spread - (hallux if index == 0 else 0)
        toes += f'<ellipse cx="{moved:g}" cy="{y}" rx="{r}" ry="{r + 9}" class="foot"/>'
    return _ABOVE + toes


def _person(*, heel: int = 0, leg: bool = True, reach: bool = False) -> str:
    body = (
        f'<circle cx="150" cy="{38 - heel}" r="16" class="foot"/>'
        f'<path d="M150 {54 - heel} V{110 - heel} L146 {156 - heel} L150 {160 - heel} l18 {heel}" '
        'class="line"/>'
        f'<path d="M150 {66 - heel} L124 {92 - heel} L146 {104 - heel}" class="line"/>'
    )
    if reach:
        body += '<path d="M150 110 L200 156 l14 2" class="line"/>'
    elif leg:
        body += f'<path d="M150 {110 - heel} L160 {156 - heel} l4 4 l18 {heel}" class="line"/>'
    else:
        body += '<path d="M150 110 L172 130 L158 148" class="line"/>'
    return _FLOOR + body


def _raised(turn: str) -> str:
    """Return a foot off the floor, turned; the floor lies lower than elsewhere."""
    foot = _SIDE.format(arch=145, tip=160, top=150, top2=146)
    return f'<path d="M20 190 H300" class="floor"/><g transform="{turn}">{foot}</g>'


_ON_WEDGE: Final = (
    _FLOOR
    + '<path d="M150 161 L275 161 L275 139 Z" class="tool"/>'
    + '<path d="M70 40 L70 110 Q60 150 75 160 L110 160 Q140 145 190 153 L225 146 L268 138 '
    'Q274 128 256 125 L220 124 Q150 108 130 40" class="foot"/>'
)
_DOME: Final = '<path d="M118 161 Q148 128 182 161 Z" class="tool"/>'
_PAD: Final = _BLOCK.format(x=215, y=162, w=70, h=12)
_DOWN: Final = _arrow(250, 100, 250, 138)
_WAVE: Final = '<path d="M20 40 q20 -28 40 0 t40 0" class="move"/>'
_SPIKES: Final = '<path d="M180 40 v-22 m20 22 v-22 m20 22 v-22 m20 22 v-22" class="move"/>'
_BOTH_DOME: Final = _arrow(148, 95, 148, 122) + _arrow(166, 122, 166, 95)

PICTURES: Final[dict[str, str]] = {
    "toe_curl": _side() + _PAD + _DOWN,
    "toe_press": _side() + _PAD + _arrow(250, 118, 250, 138),
    "toe_flexion": _side() + '<path d="M262 156 Q285 120 285 60" class="band"/>' + _DOWN,
    "hallux_press": _above()
    + '<ellipse cx="118" cy="52" rx="15" ry="24" class="tool"/>'
    + _arrow(118, 6, 118, 46),
    "slow_pulse": _side() + _PAD + _arrow(242, 100, 242, 136) + _arrow(262, 136, 262, 100),
    "rhythm_press": _side() + _PAD + _DOWN + _SPIKES,
    "speed_press": _side() + _PAD + _arrow(245, 70, 245, 138) + _arrow(258, 70, 258, 138),
    "reactive_press": _side() + _PAD + _DOWN + '<text x="190" y="70" class="word">GO!</text>',
    "toe_spread": _above(spread=5)
    + '<ellipse cx="160" cy="54" rx="74" ry="22" class="band"/>'
    + _arrow(84, 54, 50, 54)
    + _arrow(232, 60, 266, 60),
    "toes_spread_out": _above(spread=6) + _arrow(84, 54, 50, 54) + _arrow(232, 60, 266, 60),
    "toe_adduction": _above(spread=3) + _arrow(50, 54, 84, 54) + _arrow(266, 60, 232, 60),
    "toe_abduction": _above(hallux=10) + _arrow(86, 54, 48, 54),
    "toe_extension": _side(lift=26) + _arrow(280, 150, 280, 112),
    "toe_waves": _above()
    + '<path d="M215 40 Q160 -4 108 26" class="move" marker-end="url(#tip)"/>',
    "arch_squeeze": _side(arch=125)
    + _DOME
    + _arrow(205, 186, 165, 186)
    + _arrow(95, 186, 135, 186),
    "dome_release": _side(arch=130) + _DOME + _BOTH_DOME,
    "short_foot": _side(arch=118) + _arrow(148, 158, 148, 140) + _arrow(215, 184, 160, 184),
    "wedge_hold": _ON_WEDGE + _arrow(240, 78, 240, 114),
    "foot_taps": _side(lift=22) + _PAD + _arrow(240, 96, 240, 130) + _SPIKES,
    "sequence_press": _above() + '<path d="M180 180 Q205 120 190 90 Q150 70 122 60" class="move" '
    'marker-end="url(#tip)"/>',
    "single_leg_balance": _person(leg=False),
    "balance_reach": _person(reach=True) + _arrow(205, 140, 245, 140),
    "calf_raise": _person(heel=14) + _arrow(110, 150, 110, 110) + _arrow(95, 110, 95, 150),
    "posture": _person() + _arrow(150, 18, 150, 2),
    "ankle_circles": _raised("rotate(14 100 90) translate(0 -18)")
    + '<path d="M276 122 a30 22 0 1 1 -5 -12" class="move" marker-end="url(#tip)"/>',
    "ankle_rock": _side() + '<path d="M300 10 V162" class="floor"/>' + _arrow(130, 50, 180, 50),
    "ankle_turns": _above() + _arrow(100, 130, 60, 130) + _arrow(210, 130, 250, 130),
    "foot_massage": _raised("rotate(4 150 150)")
    + '<circle cx="155" cy="171" r="17" class="tool"/>'
    + _arrow(195, 178, 245, 178)
    + _arrow(115, 178, 65, 178),
    "breathing": _person() + _WAVE + _arrow(186, 70, 226, 70) + _arrow(226, 84, 186, 84),
}

_HEAD: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 210" width="320" height="210">'
    "<style>.foot{fill:#f1d9c0;stroke:#222;stroke-width:3}.line{fill:none;stroke:#222;"
    "stroke-width:6;stroke-linecap:round;stroke-linejoin:round}.floor{stroke:#555;stroke-width:3}"
    ".tool{fill:#8fb3d9;stroke:#224;stroke-width:2}.band{fill:none;stroke:#224;stroke-width:5}"
    ".move{fill:none;stroke:#b3001b;stroke-width:5}.word{font-family:sans-serif;font-size:30px;font-weight:bold;fill:#b3001b}"
    '</style><defs><marker id="tip" markerWidth="4" markerHeight="4" refX="2" refY="2" '
    'orient="auto"><path d="M0 0 L4 2 L0 4 Z" fill="#b3001b"/></marker></defs>'
    '<rect width="320" height="210" fill="#fff"/>'
)


def picture(name: str) -> str:
    """Return the SVG text of a picture."""
    return f"{_HEAD}{PICTURES[name]}</svg>\n"


def main() -> int:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        (FOLDER / f"{name}.svg").write_text(picture(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
