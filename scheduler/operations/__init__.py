"""What the program does: one module, one verb."""
