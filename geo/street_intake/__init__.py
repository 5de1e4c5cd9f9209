"""Files of streets -> the ways one may walk, and the shapes and names of the base map."""
