"""Compiled search over lines and seats of everybody: small changes, each costed exactly in microseconds
(docs/explanation/scheduler.md)."""
