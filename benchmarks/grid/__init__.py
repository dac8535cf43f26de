"""How many TikToks an hour come of several browsers, on this machine and on a Selenium Grid."""
