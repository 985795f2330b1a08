"""What several tabs share: security, engine, events, typesetting, uploads."""
