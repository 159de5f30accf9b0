"""vahness: rings a voice agent the way a caller would, and scores what the caller lived through."""

__version__ = "0.1.0"
