"""The walk through the feed: what a turn brought -> what to do next. Pure: no Scrapy, no Selenium, no clock."""
