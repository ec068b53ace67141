"""The sponsor's side: lists checked, packages built."""
