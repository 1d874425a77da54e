"""What every settings class shares."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Frozen, no unknown keys, no silent conversion, no NaN and no infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True)
