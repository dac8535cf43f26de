"""Telling how a run went to whoever is elsewhere: a ping, a command, Spidermon's messages."""
