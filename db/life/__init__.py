"""What happens to a model over the years: maintained, checked, copied, granted; and what is overdue."""
