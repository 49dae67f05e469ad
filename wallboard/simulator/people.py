"""Invented people and numbers; none of them is anybody's."""

from random import Random

_FIRST = (
    "אביגיל אדם איתי אלה אסף ארז בר גיא גלית דבורה דוד דנה הדס הילה ורד זהר חגית חיים טל טליה יאיר ידידיה יואב יעל ירדן "
    "כרמל לאה ליאור לירון מאיה מור מיכל מתן נגה נדב נועה נטע ניר סיגל סתיו עדי עומר עידן ענת פנינה צביה צופיה קרן רבקה "
    "רואי רוני רחל רינת שחר שי שיר שירה שלמה שקד תום תמר אחמד סמיר לינא מרים ג'ורג' אולגה דימה סבטלנה אלמז"
).split()
_LAST = (
    "אבוטבול אברהמי אדלר אוחנה אזולאי אלבז אלון אלקיים אמסלם אשכנזי בוזגלו ביטון בן-דוד בן-שושן ברקוביץ' גבאי גולן גרינברג דהן "
    "דיין דרורי הראל וולך ורדי זוהר זילבר חדד חורי חזן טולדנו טננבאום ישראלי יפרח כהן-צדק כץ לביא לוין-גל ליפשיץ מזרחי מלכה מנסור "
    "מרקוביץ' נחום נסים סבאג סויסה סלע עזרא עמר פולק פישר פרידמן פרץ צור קדוש קורן קפלן ראובני רוזן רוטמן שגב שדה שוורץ שחם שטרן "
    "שלו שמש שפירא תבור תורג'מן תמם נאסר זועבי קוזלוב פטרוב טספאי אלמוג"
).split()
_LATIN_FIRST = (
    "Alex Ben Chloe Daniel Emma Felix Grace Harry Igor Julia Kevin Liam Mia Nathan Olivia Paul Rachel Sam Tanya Victor Zoe"
).split()
_LATIN_LAST = (
    "Abrams Baker Cooper Dayan Ellis Fisher Gold Harris Ivanov Jacobs Klein Levin Miller Novak Olsen Parker Rosen Stern "
    "Turner Vogel Weiss"
).split()
_EVERY_NTH_IS_LATIN = 12
_CALLER_PREFIXES = ("0500000", "0520000", "0540000", "0550000", "0580000", "0790000")
_WITHHELD_SHARE = 0.04


def agent_names(count: int, random: Random) -> list[str]:
    """As many different full names as are asked for, mostly Hebrew."""
    hebrew = [f"{first} {last}" for first in _FIRST for last in _LAST]
    latin = [f"{first} {last}" for first in _LATIN_FIRST for last in _LATIN_LAST]
    random.shuffle(hebrew)
    random.shuffle(latin)
    return [(latin if number % _EVERY_NTH_IS_LATIN == 7 else hebrew).pop() for number in range(count)]


def caller_phone(random: Random) -> str:
    """A caller's number; now and then withheld, which the vendors show as nothing."""
    if random.random() < _WITHHELD_SHARE:
        return ""
    return f"{random.choice(_CALLER_PREFIXES)}{random.randrange(1000):03d}"


def agent_phone(number: int) -> str:
    """The telephone of the `number`-th agent who works from one."""
    return f"053{number // 1000:04d}{number % 1000:03d}"
