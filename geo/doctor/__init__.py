"""What this machine lacks to run Otakara Map, and the one line that gets it."""

from geo.doctor.findings import Finding, Purpose, examine
from geo.doctor.packages import install, install_line, wanted_packages

__all__ = ["Finding", "Purpose", "examine", "install", "install_line", "wanted_packages"]
