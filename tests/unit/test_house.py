"""The house keeps its own measures."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("desk", "forecast", "staffing", "scheduler", "incentive", "store", "charts", "planner", "views", "data")
FILES = [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "app.py"]


def body_lines(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [length(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_functions_stay_small() -> None:
    """Code that fits in the head: median 8 lines, nine in ten within 25, none above 50."""
    sizes = sorted(size for path in FILES for size in body_lines(path))
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 25
    assert sizes[-1] <= 50


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_stays_small(path: Path) -> None:
    """One file, one thing."""
    most = 60 if path.name == "app.py" and path.parent == ROOT else 300
    assert path.read_text(encoding="utf-8").count("\n") <= most


def test_readme_stays_short() -> None:
    """A new user reads it to the end."""
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("\n") <= 150


def test_links_in_documents_lead_somewhere() -> None:
    """No page promises another that isn't there."""
    pages = [ROOT / "README.md", ROOT / "AGENTS.md", *(ROOT / "docs").rglob("*.md")]
    lost = [(str(page), link) for page in pages for link in links(page) if not (page.parent / link).exists()]
    assert lost == []


def links(page: Path) -> list[str]:
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]


def test_every_dependency_is_pinned() -> None:
    """Two builds of one commit get the same packages."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = {canonical(name) for name in re.findall(r'^  "([A-Za-z0-9_.\-]+)[><=]', text, flags=re.M)}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[^=;@/]+", line) for line in lines)
    assert wanted - {canonical(line.split("==")[0]) for line in lines} == set()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
