"""What the owner decided about the blog."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from web.database import Base


class Setting(Base):
    """One decision: a name and a value. What is not stored has its default."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
