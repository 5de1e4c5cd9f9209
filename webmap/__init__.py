"""The web of Otakara Map: the Flask app, the Folium maps, the offline file. No SQL."""
