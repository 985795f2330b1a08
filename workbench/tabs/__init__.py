"""What each tab of the page is made of."""
