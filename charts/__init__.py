"""Pictures: one function a file, frame in, Plotly figure out."""
