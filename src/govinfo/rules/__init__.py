"""What must hold: declaration, expression, the national rule set."""
