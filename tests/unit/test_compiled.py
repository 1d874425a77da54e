"""What only machine code may call is never called from Python, which would end the process without a word."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "desk",
    "forecast",
    "staffing",
    "scheduler",
    "incentive",
    "store",
    "charts",
    "planner",
    "views",
    "bench",
    "tests",
)
TREES = {
    path: ast.parse(path.read_text(encoding="utf-8")) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))
}
NO_WAY_IN, MACHINE_CODE = {"inlined", "apart"}, {"inlined", "apart", "compiled", "njit"}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def marks(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in function.decorator_list if isinstance(node, ast.Name)}


def without_way_in(tree: ast.Module) -> set[str]:
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and marks(node) & NO_WAY_IN}


CLOSED = {module(path): names for path, tree in TREES.items() if (names := without_way_in(tree))}


def read_in_python(node: ast.AST) -> Iterator[ast.expr]:
    """All expressions below a node but those of compiled functions."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.FunctionDef) and marks(child) & MACHINE_CODE):
            yield from [child] if isinstance(child, ast.expr) else []
            yield from read_in_python(child)


def jumps(path: Path, tree: ast.Module) -> list[str]:
    own, modules = set(CLOSED.get(module(path), ())), {}
    brought = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    for home, alias in ((node.module or "", alias) for node in brought for alias in node.names):
        own |= {alias.asname or alias.name} if alias.name in CLOSED.get(home, ()) else set()
        modules[alias.asname or alias.name] = CLOSED.get(f"{home}.{alias.name}", set())
    return [f"{path.name}:{node.lineno}" for node in read_in_python(tree) if closed(node, own, modules)]


def closed(node: ast.expr, own: set[str], modules: dict[str, set[str]]) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr in modules.get(node.value.id, ())
    return isinstance(node, ast.Name) and node.id in own


def test_some_functions_have_no_way_in() -> None:
    """Else the next test would say nothing."""
    assert sum(map(len, CLOSED.values())) > 20


def test_python_calls_no_function_without_a_way_in() -> None:
    assert [jump for path, tree in TREES.items() for jump in jumps(path, tree)] == []
