"""What is asked of the data: viral TikToks, audios and creators, and the plain questions."""
