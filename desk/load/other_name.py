"""What other systems call the columns of our tables."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_BETWEEN = re.compile(r"[\s._\-()（）\[\]/:：]+")

_SIMPLIFIED = str.maketrans(
    "時間進線隊組統計數處單號員編會話結閉關開應覆響長類別顧戶買額訂評價滿標識棄機請離職團門業務週點總詢諮訊來電費資題狀態創實際預測備聯絡歷訪問銷貨發優獎級專階佇",
    "时间进线队组统计数处单号员编会话结闭关开应复响长类别顾户买额订评价满标识弃机请离职团门业务周点总询咨讯来电费资题状态创实际预测备联络历访问销货发优奖级专阶伫",
)
"""Of the characters in titles."""


@cache
def other_names() -> dict[str, dict[str, list[str]]]:
    """Table -> column -> titles; a column that the table has not is one of two that make ``start``."""
    return tomllib.loads(files("desk.load").joinpath("names.toml").read_text(encoding="utf-8"))


def bare(title: str) -> str:
    """A title in lower case, in simplified characters, without spaces, dots, dashes and brackets."""
    return _BETWEEN.sub("", title).lower().translate(_SIMPLIFIED)


def called(title: str, name: str) -> str:
    """The column of table ``name`` that other systems title so; empty where there is none."""
    wanted = bare(title)
    return next((column for column, own in other_names().get(name, {}).items() if wanted in map(bare, own)), "")
