"""Labels: templates as data, what they can show, and how they are drawn."""
