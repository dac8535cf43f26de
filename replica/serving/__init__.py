"""The server: its addresses, the pages' shells, the media, and the obstacles that it puts up itself."""
