"""Tests of the room incentive."""
