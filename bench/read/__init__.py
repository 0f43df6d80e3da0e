"""Reading of text layers: routes, truth, speed."""
