"""Draws the small circuits: a cell on its HX711 board, and the Pi's button, light and buzzer."""

from typing import Final

from scripts.workshop.canvas import SMALL_PX, Canvas, Point

CELL_WIRES: Final = (("E+", "red"), ("E-", "black"), ("A-", "white"), ("A+", "green"))
"""An HX711 board's terminals and the usual colours; some makers swap white and green."""


def cell_circuit() -> Canvas:
    """Return a load cell on its HX711 board, with what belongs on that board."""
    canvas = Canvas("One cell and its HX711 board", 420)
    canvas.box((40, 130), (210, 46), "metal")
    canvas.circle((145, 153), 14)
    canvas.text(40, 120, "load cell (bar)")
    canvas.text(40, 200, "arrow: which way it is pressed", size_px=SMALL_PX)
    canvas.area(
        [(214, 140), (214, 158), (206, 158), (218, 170), (230, 158), (222, 158), (222, 140)]
    )
    canvas.box((420, 80), (200, 190), "board")
    canvas.text(520, 70, "HX711 board", anchor="middle", is_bold=True)
    canvas.text(520, 262, "RATE high", anchor="middle", size_px=SMALL_PX)
    for place, (terminal, colour) in enumerate(CELL_WIRES):
        y = 105.0 + 45 * place
        _terminal(canvas, (420, y), terminal, "start")
        canvas.line(((250, 140 + 9 * place), (290 + 12 * place, 140 + 9 * place)), "thin")
        canvas.line(((290 + 12 * place, 140 + 9 * place), (290 + 12 * place, y)), "thin")
        canvas.line(((290 + 12 * place, y), (420, y)), "thin")
        canvas.text(410, y - 6, colour, anchor="end", size_px=SMALL_PX)
    _right_side(canvas)
    canvas.text(20, 320, "100 nF close to the board. 10 kΩ keeps the chip awake while a Pi starts.")
    canvas.text(20, 347, "VDD and VCC both on 3.3 V. Where a board has VCC alone, that one.")
    canvas.text(20, 374, "RATE high is 80 samples a second: on most boards a trace to cut, or a")
    canvas.text(20, 396, "pin to lift, that ties RATE to ground. Look at your board's description.")
    return canvas


def _terminal(canvas: Canvas, at: Point, name: str, anchor: str) -> None:
    canvas.circle(at, 4.5, "black")
    inside = 12 if anchor == "start" else -12
    canvas.text(at[0] + inside, at[1] + 5, name, anchor=anchor, size_px=SMALL_PX)


def _right_side(canvas: Canvas) -> None:
    names = ("VDD, VCC", "DOUT", "SCK", "GND")
    kinds = ("supply", "data", "clock", "ground")
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        y = 105.0 + 45 * place
        _terminal(canvas, (620, y), name, "end")
        canvas.line(((620, y), (785, y)), kind)
    _resistor(canvas, (655, 195), (655, 240))
    canvas.text(672, 224, "10 kΩ", size_px=SMALL_PX)
    _capacitor(canvas, 745, (105, 240))
    canvas.text(730, 134, "100 nF", anchor="end", size_px=SMALL_PX)


def _resistor(canvas: Canvas, start: Point, end: Point) -> None:
    canvas.line((start, end), "thin")
    if start[0] == end[0]:
        middle = (start[1] + end[1]) / 2
        canvas.box((start[0] - 7, middle - 14), (14, 28), "white", "thin")
    else:
        middle = (start[0] + end[0]) / 2
        canvas.box((middle - 22, start[1] - 8), (44, 16), "white", "thin")


def _capacitor(canvas: Canvas, x: float, ends: Point) -> None:
    middle = 125.0
    canvas.line(((x, ends[0]), (x, middle)), "thin")
    canvas.line(((x, middle + 8), (x, ends[1])), "thin")
    canvas.line(((x - 13, middle), (x + 13, middle)))
    canvas.line(((x - 13, middle + 8), (x + 13, middle + 8)))


def extra_circuits() -> Canvas:
    """Return the circuits of button, light and buzzer."""
    canvas = Canvas("Button, light and buzzer of the wired pad", 430)
    _button(canvas)
    _light(canvas)
    _buzzer(canvas)
    canvas.text(20, 385, "The button needs no resistor: the Pi pulls its pin up by itself.")
    canvas.text(20, 411, "Whatever is left out is simply not connected.")
    return canvas


def _rail(canvas: Canvas, at: Point, words: str) -> None:
    canvas.circle(at, 5)
    canvas.text(at[0], at[1] - 12, words, anchor="middle", is_bold=True)


def _earth(canvas: Canvas, at: Point) -> None:
    for place, half in enumerate((14, 9, 4)):
        y = at[1] + 6 * place
        canvas.line(((at[0] - half, y), (at[0] + half, y)))
    canvas.text(at[0] + 22, at[1] + 10, "GND", size_px=SMALL_PX)


def _button(canvas: Canvas) -> None:
    _rail(canvas, (90, 100), "button pin")
    canvas.line(((90, 105), (90, 170)), "thin")
    canvas.line(((90, 215), (90, 310)), "thin")
    canvas.line(((90, 215), (112, 174)))
    for y in (170, 215):
        canvas.circle((90, y), 4.5, "black")
    canvas.text(122, 198, "button", size_px=SMALL_PX)
    _earth(canvas, (90, 310))


def _light(canvas: Canvas) -> None:
    _rail(canvas, (310, 100), "LED pin")
    _resistor(canvas, (310, 105), (310, 185))
    canvas.text(330, 150, "330 Ω", size_px=SMALL_PX)
    canvas.area([(294, 185), (326, 185), (310, 215)])
    canvas.line(((294, 216), (326, 216)))
    canvas.line(((310, 217), (310, 310)), "thin")
    canvas.text(340, 206, "LED", size_px=SMALL_PX)
    _earth(canvas, (310, 310))


def _buzzer(canvas: Canvas) -> None:
    _rail(canvas, (500, 235), "buzzer pin")
    _resistor(canvas, (505, 235), (612, 235))
    canvas.text(558, 268, "1 kΩ", anchor="middle", size_px=SMALL_PX)
    canvas.circle((632, 235), 30)
    canvas.line(((612, 215), (612, 255)))
    canvas.line(((612, 226), (645, 205), (645, 180)), "thin")
    canvas.line(((612, 244), (645, 265), (645, 310)), "thin")
    canvas.area([(645, 265), (632, 263), (637, 255)], "black", "thin")
    canvas.text(672, 240, "NPN, BC547", size_px=SMALL_PX)
    canvas.box((620, 130), (50, 50), "metal")
    canvas.text(680, 160, "3.3 V buzzer", size_px=SMALL_PX)
    canvas.line(((645, 130), (645, 105)), "thin")
    canvas.text(632, 124, "+", anchor="end", size_px=SMALL_PX)
    _rail(canvas, (645, 100), "3.3 V, pin 1")
    _earth(canvas, (645, 310))
