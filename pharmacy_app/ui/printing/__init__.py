"""The printers of this machine at the window: a list, and a form for one of them."""
