"""A comparison of two analyses as lines for the terminal."""

from collections.abc import Iterator

from trainer.app.compare import Comparison, FigurePair, HoldPair
from trainer.app.comparefile import Found, FoundHold


def comparison_text(found: Comparison) -> str:
    """Return the comparison as a table; holds and figures that agree are counted, not listed."""
    return "\n".join(_lines(found))


def _lines(found: Comparison) -> Iterator[str]:
    yield f"A: {found.a.path}"
    yield f"B: {found.b.path}"
    same = sum(pair.is_same for pair in found.pairs)
    yield (
        f"{found.a.recording}: {len(found.a.holds)} holds in A, {len(found.b.holds)} in B; "
        f"{len(found.pairs)} in both, {same} of them the same"
    )
    summary = found.summary()
    if found.pairs:
        yield "difference B - A      median   largest"
        for label, name, unit in (
            ("start", "start_ms", "ms"),
            ("end", "end_ms", "ms"),
            ("peak", "peak_pct", "%"),
            ("plateau", "plateau_pct", "%"),
        ):
            sizes = [summary[f"{name}_median"], summary[f"{name}_largest"]]
            yield f"  {label:8} {unit:>4}      " + "  ".join(_number(size, 8) for size in sizes)
    parting = [pair for pair in found.pairs if not pair.is_same]
    if parting:
        yield "hold A  hold B  start ms    end ms   peak N  peak %  plateau N  plateau %"
        yield from (_pair_line(pair) for pair in parting)
    yield from _alone("A", found.a, found.only_a)
    yield from _alone("B", found.b, found.only_b)
    yield from (_figure_line(figure) for figure in found.figures if not figure.is_same)
    yield "same within the tolerances" if found.is_same else "different"


def _pair_line(pair: HoldPair) -> str:
    line = (
        f"{pair.a:6d}  {pair.b:6d}  {pair.start_ms:8.1f}  {pair.end_ms:8.1f}  {pair.peak_n:7.2f}  "
        f"{_number(pair.peak_pct, 6)}  {pair.plateau_n:9.2f}  {_number(pair.plateau_pct, 9)}"
    )
    if pair.finished[0] != pair.finished[1]:
        line += f"  finished: {_word(pair.finished[0])} -> {_word(pair.finished[1])}"
    if pair.compensated[0] != pair.compensated[1]:
        line += f"  compensated: {_word(pair.compensated[0])} -> {_word(pair.compensated[1])}"
    return line


def _alone(name: str, found: Found, numbers: tuple[int, ...]) -> Iterator[str]:
    for number in numbers:
        hold: FoundHold = found.holds[number - 1]
        yield (
            f"only in {name}: hold {number}, {hold.start_s:.2f} to {hold.end_s:.2f} s, "
            f"plateau {hold.plateau_n:.1f} N"
        )


def _figure_line(figure: FigurePair) -> str:
    return f"{figure.part} {figure.name}: {_word(figure.a)} -> {_word(figure.b)}"


def _word(found: float | bool | None) -> str:  # noqa: FBT001 - an answer is one of the figures
    if found is None:
        return "-"
    if isinstance(found, bool):
        return "yes" if found else "no"
    return f"{found:.6g}"


def _number(size: float | None, width: int) -> str:
    return f"{size:{width}.2f}" if size is not None else "-".rjust(width)
