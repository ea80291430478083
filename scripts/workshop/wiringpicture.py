"""Draws a wiring: parts at the left, the plug at the right, every net in a lane of its own."""

from dataclasses import dataclass
from typing import Final

from scripts.workshop.canvas import SMALL_PX, Canvas
from scripts.workshop.wiring import GROUND, SUPPLY, Part, Pin, Wiring, kind_of

_TOP: Final = 62
_PART_LEFT: Final = 20
_PART_WIDTH: Final = 205
_TITLE: Final = 28
_ROW: Final = 25
_BETWEEN: Final = 16
_LANES_FROM: Final = 248
_LANE: Final = 17
_PLUG_LEFT: Final = 562
_PLUG_WIDTH: Final = 62
_PITCH: Final = 32
_PIN_RADIUS: Final = 12.5
_HOLE_RADIUS: Final = 7.0
_OUTER: Final = 786
"""Where wires of the right row go up or down, the first of them."""
_LEGEND: Final = (
    (SUPPLY, "3.3 V"),
    (GROUND, "ground"),
    ("SCK", "clock"),
    ("DOUT", "data"),
    ("other", "other"),
)


@dataclass(frozen=True, slots=True)
class _End:
    """Where a net leaves the plug: its height, and how it gets there from the right row."""

    y: float
    x: float
    round_by: float | None
    """The y by which a wire of the right row comes round the plug; None in the left row."""
    outer: float


def draw_wiring(wiring: Wiring) -> Canvas:
    """Return the picture of a wiring."""
    parts_height = sum(_height(part) + _BETWEEN for part in wiring.parts)
    rows = max(len(wiring.left), len(wiring.right))
    plug_height = rows * _PITCH
    body = max(parts_height, plug_height + 90)
    notes_at = _TOP + body + 26
    canvas = Canvas(wiring.title, int(notes_at + 34 + 23 * len(wiring.notes)))
    plug_top = _clearest_top(wiring, _TOP + (body - plug_height) / 2, plug_height)
    ends = _plug_ends(wiring, plug_top, plug_height)
    terminals = _part_terminals(wiring)
    lanes = _lanes(ends, terminals)
    for net, lane in lanes.items():
        _draw_net(canvas, net, lane, ends[net], terminals[net])
    _draw_parts(canvas, wiring)
    _draw_plug(canvas, wiring, plug_top, plug_height)
    _draw_legend(canvas, wiring, notes_at)
    for place, note in enumerate(wiring.notes):
        canvas.text(20, notes_at + 38 + 23 * place, note, size_px=SMALL_PX)
    return canvas


def _clearest_top(wiring: Wiring, middle: float, height: float) -> float:
    """Return where the plug begins, near a place, so that no wires lie on one another."""
    terminals = _part_terminals(wiring)

    def room(top: float) -> float:
        ends = _plug_ends(wiring, top, height)
        return min(
            abs(_entry(end) - y)
            for net, end in ends.items()
            for other, heights in terminals.items()
            if other != net
            for y in heights
        )

    tops = [middle + by for by in range(-_PITCH // 2, _PITCH // 2)]
    return max(tops, key=lambda top: (room(top), -abs(top - middle)))


def _entry(end: _End) -> float:
    """Return the height at which a wire from the plug comes to its lane."""
    return end.y if end.round_by is None else end.round_by


def _height(part: Part) -> int:
    return _TITLE + _ROW * len(part.terminals)


def _part_terminals(wiring: Wiring) -> dict[str, list[float]]:
    """Return the heights of each net's terminals."""
    found: dict[str, list[float]] = {}
    top = float(_TOP)
    for part in wiring.parts:
        for place, terminal in enumerate(part.terminals):
            found.setdefault(terminal.net, []).append(top + _TITLE + _ROW * (place + 0.4))
        top += _height(part) + _BETWEEN
    return found


def _row_y(plug_top: float, place: int) -> float:
    return plug_top + _PITCH * (place + 0.5)


def _plug_ends(wiring: Wiring, top: float, height: float) -> dict[str, _End]:
    ends: dict[str, _End] = {}
    for place, pin in enumerate(wiring.left):
        if pin is not None and pin.net:
            x = _PLUG_LEFT + 16 - _radius(pin)
            ends[pin.net] = _End(_row_y(top, place), x, None, 0)
    used = [(p, pin) for p, pin in enumerate(wiring.right) if pin is not None and pin.net]
    upper = [pair for pair in used if pair[0] < len(wiring.right) / 2]
    lower = [pair for pair in reversed(used) if pair not in upper]
    middle = _PLUG_LEFT + _PLUG_WIDTH - 16
    for turn, (place, pin) in enumerate(upper):
        y = top - 16 - 13 * turn
        x = middle + _radius(pin)
        ends[pin.net] = _End(_row_y(top, place), x, y, _OUTER - 10 * (len(upper) - 1 - turn))
        # The nearest row turns first, inside all others.
    for turn, (place, pin) in enumerate(lower):
        y = top + height + 16 + 13 * turn
        x = middle + _radius(pin)
        ends[pin.net] = _End(_row_y(top, place), x, y, _OUTER - 10 * (len(lower) - 1 - turn))
    return ends


def _radius(pin: Pin) -> float:
    return _PIN_RADIUS if pin.number.isdigit() else _HOLE_RADIUS


def _lanes(ends: dict[str, _End], terminals: dict[str, list[float]]) -> dict[str, float]:
    """Return each net's lane: supply and ground at the parts, the others so that few cross."""

    def entry(net: str) -> float:
        return _entry(ends[net])

    def goes_down(net: str) -> bool:
        return sum(terminals[net]) / len(terminals[net]) > entry(net)

    others = [net for net in ends if net not in {SUPPLY, GROUND}]
    # Seen from the plug: wires that go down leave their lane in the order of the pins.
    down = sorted((net for net in others if goes_down(net)), key=entry)
    up = sorted((net for net in others if not goes_down(net)), key=entry, reverse=True)
    order = [SUPPLY, GROUND, *down, *up]
    return {net: _LANES_FROM + _LANE * place for place, net in enumerate(order)}


def _draw_net(canvas: Canvas, net: str, lane: float, end: _End, heights: list[float]) -> None:
    kind = kind_of(net)
    edge = _PART_LEFT + _PART_WIDTH
    entry = _entry(end)
    for height in heights:
        canvas.line(((edge, height), (lane, height)), kind)
    canvas.line(((lane, min(*heights, entry)), (lane, max(*heights, entry))), kind)
    if end.round_by is None:
        canvas.line(((lane, end.y), (end.x, end.y)), kind)
    else:
        canvas.line(
            (
                (lane, end.round_by),
                (end.outer, end.round_by),
                (end.outer, end.y),
                (end.x, end.y),
            ),
            kind,
        )
    outermost = {min(*heights, entry), max(*heights, entry)}
    for height in (*heights, entry):
        if height not in outermost:
            canvas.circle((lane, height), 4.5, "black")


def _draw_parts(canvas: Canvas, wiring: Wiring) -> None:
    top = float(_TOP)
    for part in wiring.parts:
        canvas.box((_PART_LEFT, top), (_PART_WIDTH, _height(part)), "board")
        canvas.text(_PART_LEFT + 10, top + 20, part.title, is_bold=True)
        for place, terminal in enumerate(part.terminals):
            y = top + _TITLE + _ROW * (place + 0.4)
            edge = _PART_LEFT + _PART_WIDTH
            canvas.circle((edge, y), 4.5, "black")
            canvas.text(edge - 12, y + 5, terminal.name, anchor="end", size_px=SMALL_PX)
        top += _height(part) + _BETWEEN


def _draw_plug(canvas: Canvas, wiring: Wiring, top: float, height: float) -> None:
    canvas.box((_PLUG_LEFT, top), (_PLUG_WIDTH, height), "metal")
    middle = _PLUG_LEFT + _PLUG_WIDTH / 2
    turning = sum(1 for pin in wiring.right[: len(wiring.right) // 2] if pin and pin.net)
    canvas.text(middle, top - 24 - 13 * turning, wiring.plug, anchor="middle", is_bold=True)
    for row, x in ((wiring.left, _PLUG_LEFT + 16), (wiring.right, _PLUG_LEFT + _PLUG_WIDTH - 16)):
        for place, pin in enumerate(row):
            if pin is not None:
                _draw_pin(canvas, pin, (x, _row_y(top, place)), is_left=row is wiring.left)


def _draw_pin(canvas: Canvas, pin: Pin, at: tuple[float, float], *, is_left: bool) -> None:
    is_number = pin.number.isdigit()
    if is_number:
        canvas.circle(at, _radius(pin), "white", "edge" if pin.net else "thin")
        canvas.text(
            at[0],
            at[1] + 5,
            pin.number,
            anchor="middle",
            size_px=SMALL_PX - 1,
            is_bold=bool(pin.net),
        )
    else:
        canvas.circle(
            at, _radius(pin), "black" if pin.net else "white", "edge" if pin.net else "thin"
        )
    words = pin.warning or (pin.name if is_number else pin.number)
    if words:
        x = _PLUG_LEFT - 10 if is_left else _PLUG_LEFT + _PLUG_WIDTH + 10
        # Above its wire; beside its pin where there is none.
        y = at[1] - 5 if pin.net else at[1] + 5
        canvas.text(
            x,
            y,
            words,
            anchor="end" if is_left else "start",
            size_px=SMALL_PX,
            is_bold=bool(pin.net or pin.warning),
        )


def _draw_legend(canvas: Canvas, wiring: Wiring, y: float) -> None:
    x = 20.0
    used = {kind_of(pin.net) for pin in wiring.pins()}
    for net, words in _LEGEND:
        if kind_of(net) not in used:
            continue
        canvas.line(((x, y), (x + 52, y)), kind_of(net))
        canvas.text(x + 60, y + 5, words, size_px=SMALL_PX)
        x += 150
