"""What people do by hand because systems do not pass it on, and how often they are interrupted."""
