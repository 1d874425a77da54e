"""The settings as a list of keys, for the template of desk.toml and the reference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from desk.settings.contract import Limit
from desk.settings.root import Settings

ANY_NAME = "*"
_WORDS = {str: "text", int: "whole_number", float: "number", bool: "yes_no", date: "date", Limit: "limit"}
_WORDS |= {datetime: "moment"}


@dataclass(frozen=True, slots=True)
class SettingKey:
    """One key of desk.toml.

    Parameters
    ----------
    path : sections and key; ``*`` stands for a free name, as in ``queues.*.aht_s``.
    kind : catalogue word of what it holds, such as ``number``, ``list`` or ``section``.
    choices : the words allowed, where they are fixed.
    required : it must be given.
    default : what holds where it is left out; None = nothing.
    limits : the range allowed, such as ``≥ 0``; empty where there is none.
    """

    path: tuple[str, ...]
    kind: str
    choices: tuple[str, ...]
    required: bool
    default: Any
    limits: str

    @property
    def name(self) -> str:
        """The path with dots."""
        return ".".join(self.path)

    @property
    def help_key(self) -> str:
        """Key of the help text in the catalogues."""
        return "settings." + ".".join(part for part in self.path if part != ANY_NAME)


def setting_keys() -> tuple[SettingKey, ...]:
    """Every key of desk.toml, section by section."""
    return tuple(_keys(Settings, (), None, optional=False))


def _keys(
    model: type[BaseModel], above: tuple[str, ...], whole: BaseModel | None, *, optional: bool
) -> Iterator[SettingKey]:
    """The keys of a section, sections below it last.

    ``whole`` is the section's own default, ``optional`` says that the section may be left out.
    """
    fields = sorted(model.model_fields.items(), key=lambda item: _section(bare_type(item[1].annotation)) is not None)
    for name, field in fields:
        kind, path = bare_type(field.annotation), (*above, name)
        default = getattr(whole, name) if whole is not None else _default(field)
        required = field.is_required() and whole is None and not optional
        inner = _section(kind)
        if inner is None:
            yield _key(path, kind, field, required, default)
        elif inner is kind:
            yield from _keys(inner, path, default, optional=not field.is_required())
        else:
            yield from _keys(inner, (*path, ANY_NAME), None, optional=False)


def _default(field: FieldInfo) -> Any:
    return None if field.is_required() else field.get_default(call_default_factory=True)


def bare_type(kind: Any) -> Any:
    """The type without ``| None`` and annotations."""
    if get_origin(kind) in (Union, UnionType):
        return bare_type(next(one for one in get_args(kind) if one is not NoneType))
    return bare_type(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def is_model(kind: Any) -> bool:
    """Whether the type is a settings class."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _section(kind: Any) -> type[BaseModel] | None:
    """The class whose keys stand below: of a section, or of each named section."""
    values = bare_type(get_args(kind)[1]) if get_origin(kind) is dict else kind
    section: type[BaseModel] | None = values if is_model(values) and values is not Limit else None
    return section


def _key(path: tuple[str, ...], kind: Any, field: FieldInfo, required: bool, default: Any) -> SettingKey:
    inner = bare_type(get_args(kind)[0]) if get_origin(kind) is list else kind
    choices = tuple(str(word) for word in get_args(inner)) if get_origin(inner) is Literal else ()
    return SettingKey(path, _word(kind), choices, required, default, _limits(field))


def _word(kind: Any) -> str:
    if kind in _WORDS:
        return _WORDS[kind]
    return {list: "list", dict: "mapping", Literal: "choice"}[get_origin(kind)]


def _limits(field: FieldInfo) -> str:
    shown = []
    for rule in _rules(field):
        match rule:
            case Ge(ge=low):
                shown.append(f"≥ {low}")
            case Gt(gt=low):
                shown.append(f"> {low}")
            case Le(le=high):
                shown.append(f"≤ {high}")
            case Lt(lt=high):
                shown.append(f"< {high}")
    return ", ".join(shown)


def _rules(field: FieldInfo) -> Iterator[Any]:
    """The rules of a field, also where it may be left out."""
    yield from field.metadata
    for one in get_args(field.annotation):
        if get_origin(one) is Annotated:
            for info in get_args(one)[1:]:
                yield from info.metadata if isinstance(info, FieldInfo) else (info,)
