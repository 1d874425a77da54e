"""What every session runs; in a folder of its own, for Streamlit takes a folder ``pages`` beside it for its menu."""
