"""The JSON API beside the pages, on the same server: the store by an API token, and calendars to subscribe."""
