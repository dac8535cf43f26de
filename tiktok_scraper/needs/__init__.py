"""What is needed of the system, of Scrapy and of a folder; what lacks is told in one line with what helps."""
