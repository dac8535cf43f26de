"""The browser: started, looked at, stepped and ended. Selenium only; knows no Scrapy."""
