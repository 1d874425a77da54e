"""How the app is served: to whom, behind which sign-in, and when it must not start."""
