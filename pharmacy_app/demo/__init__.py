"""Training: a site made of the demonstration trial's files, and the whole main job played on it."""
