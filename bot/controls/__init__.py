"""What happens when somebody presses a button or chooses from a menu under a reply."""
