"""The embedded engine: a server that speaks the Gemini Live protocol and really listens."""
