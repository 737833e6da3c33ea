"""Pages for people, made here so that they work without JavaScript. `markup` escapes; nothing else writes a tag."""
