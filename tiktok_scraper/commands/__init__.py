"""Scrapy commands of this project."""

from ..needs.system import need_linux

need_linux()
