"""A pad on the Raspberry Pi's own pins: converters read by a process of its own."""
