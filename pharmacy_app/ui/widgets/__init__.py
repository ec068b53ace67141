"""Widgets that know no rule."""
