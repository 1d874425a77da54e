"""No rule without its cases."""

from pathlib import Path

import scheduler.rules
from scheduler.rules import RULES
from scheduler.rules.duty import DUTY_RULES

HERE = Path(__file__).parent


def test_every_rule_has_its_file_of_tests() -> None:
    """Protects the next rule: a file with a RULE needs a file of cases here, and a line in the list of rules."""
    folder = Path(scheduler.rules.__file__).parent
    rules = {path.stem for path in folder.glob("*.py") if "\nRULE = " in path.read_text(encoding="utf-8")}
    assert {name for name in rules if not (HERE / f"test_{name}.py").exists()} == set()
    assert len(rules) == len(RULES) + len(DUTY_RULES)


def test_the_codes_of_the_rules_differ() -> None:
    """Protects labels and costs from being mixed up."""
    codes = [rule.code for rule in RULES] + [rule.code for rule in DUTY_RULES]
    assert len(set(codes)) == len(codes)
