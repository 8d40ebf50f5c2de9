"""What users say of who is who is read line by line, and a line that says nothing is refused by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read.source import ReadError
from kg.resolve.overrides import Override, read_overrides


def written(folder: Path, text: str) -> Path:
    path = folder / "people.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_statements_are_read_in_their_order(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "# who is who\n\nsame\tYann Le Cun\tYann LeCun\this home page\n"
        "different\ticlr-2021-0036:2\ticlr-2021-0112:1\n",
    )
    assert read_overrides(path) == (
        Override(True, "Yann Le Cun", "Yann LeCun", "his home page", f"{path}:3"),
        Override(False, ("iclr-2021-0036", 2), ("iclr-2021-0112", 1), "", f"{path}:4"),
    )


def test_a_name_may_be_held_against_a_place_on_a_paper(tmp_path: Path) -> None:
    (statement,) = read_overrides(written(tmp_path, "same\t 王伟 \ticlr-2021-0036:2\t\n"))
    assert (statement.one, statement.other, statement.reason) == ("王伟", ("iclr-2021-0036", 2), "")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    path.write_bytes("\ufeffsame\tA. B\tC. D\twhy\r\n".encode())
    (statement,) = read_overrides(path)
    assert (statement.same, statement.other, statement.reason) == (True, "C. D", "why")


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read_overrides(written(tmp_path, "")) == ()


@pytest.mark.parametrize(
    "line",
    [
        "maybe\tA. B\tC. D",
        "Same\tA. B\tC. D",
        "same A. B C. D",
        "same",
        "same\tA. B",
        "same\t\tC. D",
        "same\tA. B\t ",
        "same\tA. B\tC. D\twhy\tmore",
        "same\tA. B\tA. B",
        "different\tp1:1\tp1:1\tno",
    ],
)
def test_a_line_that_is_no_statement_is_refused_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, f"# fine\nsame\tA. B\tC. D\n{line}\n")
    with pytest.raises(ReadError) as refused:
        read_overrides(path)
    assert str(refused.value).startswith(f"{path}:3: ")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.tsv"):
        read_overrides(tmp_path / "none.tsv")
