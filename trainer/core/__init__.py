"""What every other folder may know: values, ports, errors, settings, units."""
