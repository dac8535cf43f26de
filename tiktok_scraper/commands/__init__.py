"""Scrapy commands of this project."""

from ..needs import need_linux

need_linux()
