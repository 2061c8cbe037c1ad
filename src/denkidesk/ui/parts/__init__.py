"""What every screen is made of: theme, icons, strips, field rows, tables. Knows no desk and no domain beyond its errors."""
