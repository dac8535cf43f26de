"""How Scrapy sees a TikTok: importing this registers it with ItemAdapter, by which exporters and pipelines read."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from itemadapter.adapter import DataclassAdapter

from ..items import FIELDS, TikTok, leaving


class TikTokAdapter(DataclassAdapter):
    """How Scrapy's exporters, logs and pipelines see a TikTok: what may leave it, and nothing else."""

    def __init__(self, item: TikTok) -> None:
        super().__init__(item)
        self._fields_dict = {name: self._fields_dict[name] for name in leaving(item.extras)}

    @classmethod
    def is_item_class(cls, item_class: type) -> bool:
        """Whether it is ours."""
        return issubclass(item_class, TikTok)

    @classmethod
    def is_item(cls, item: Any) -> bool:
        """Whether it is one of ours."""
        return isinstance(item, TikTok)

    @classmethod
    def get_field_names_from_class(cls, item_class: type) -> list[str]:  # noqa: ARG003
        """The fields of a line."""
        return list(FIELDS)


ItemAdapter.ADAPTER_CLASSES = (TikTokAdapter, *ItemAdapter.ADAPTER_CLASSES)
