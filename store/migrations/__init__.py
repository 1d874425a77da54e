"""Alembic migrations of the store; each is one file under ``versions``."""
