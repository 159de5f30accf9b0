"""A call on one time line: what is to be drawn in which lane, and the page that draws it."""
