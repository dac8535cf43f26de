"""The simulated platform: creators, audios and TikToks whose truth is known at every time."""
