"""Census mesh: where a code lies. Codes of 8, 9 and 10 digits are 1 km, 500 m and 250 m wide."""

from __future__ import annotations

_DIGITS = (8, 9, 10)


def mesh_bounds(code: str) -> tuple[float, float, float, float]:
    """West, south, east and north of a cell, degrees of the datum its table was made in.

    Raises
    ------
    ValueError
        When it is no code of a cell.

    >>> mesh_bounds("5740428721")
    (140.34375, 38.4, 140.346875, 38.40208333333333)
    """
    if len(code) not in _DIGITS or not code.isascii() or not code.isdecimal():
        raise ValueError(f"no mesh code: {code}")
    second_row, second_column = int(code[4]), int(code[5])
    quarters = [int(digit) for digit in code[8:]]
    if max(second_row, second_column) > 7 or any(not 1 <= quarter <= 4 for quarter in quarters):
        raise ValueError(f"no mesh code: {code}")
    # In units of the smallest cell, so that no sum of fractions is rounded twice.
    row = (int(code[:2]) * 8 + second_row) * 10 + int(code[6])
    column = (int(code[2:4]) * 8 + second_column) * 10 + int(code[7])
    parts = 1
    for quarter in quarters:
        row, column = 2 * row + (quarter - 1) // 2, 2 * column + (quarter - 1) % 2
        parts *= 2
    rows, columns = 120 * parts, 80 * parts  # cells in a degree
    return (
        100 + column / columns,
        row / rows,
        100 + (column + 1) / columns,
        (row + 1) / rows,
    )
