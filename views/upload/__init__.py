"""Files from people, checked on the server before anything believes them."""
