"""The words of the interface: written in Japanese in the code, said in another language here."""

from webmap.words.language import Language
from webmap.words.spoken import Words, to_say, words_in

__all__ = ["Language", "Words", "to_say", "words_in"]
