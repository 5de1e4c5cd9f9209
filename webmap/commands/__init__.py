"""The commands of ``otakara`` that need the web; each is imported only when it is called."""
