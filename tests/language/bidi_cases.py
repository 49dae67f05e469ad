"""Lines of a call center in Hebrew: direction, as they are read, and as they stand from left to right.

In escapes, for what shows this file may itself put Hebrew in order.
"""

from wallboard.language.bidi import Direction

CASES: tuple[tuple[Direction, str, str], ...] = (
    (
        "rtl",
        "\u05e9\u05d9\u05e8\u05d5\u05ea \u05dc\u05e7\u05d5\u05d7\u05d5\u05ea",
        "\u05ea\u05d5\u05d7\u05d5\u05e7\u05dc \u05ea\u05d5\u05e8\u05d9\u05e9",
    ),
    ("rtl", "\u05ea\u05d5\u05e8 3", "3 \u05e8\u05d5\u05ea"),
    (
        "rtl",
        "7 \u05d3\u05e7\u05d5\u05ea, 23 \u05e9\u05e0\u05d9\u05d5\u05ea",
        "\u05ea\u05d5\u05d9\u05e0\u05e9 23 ,\u05ea\u05d5\u05e7\u05d3 7",
    ),
    ("rtl", "\u05dc\u05e4\u05e0\u05d9 10 \u05e9\u05e0\u05f3", "\u05f3\u05e0\u05e9 10 \u05d9\u05e0\u05e4\u05dc"),
    ("ltr", "054-1234567", "054-1234567"),
    ("rtl", "\u05e7\u05d5 054-1234567 \u05e4\u05e0\u05d5\u05d9", "\u05d9\u05d5\u05e0\u05e4 054-1234567 \u05d5\u05e7"),
    ("rtl", "\u05d7\u05d9\u05d9\u05d2\u05d5 *2700", "2700* \u05d5\u05d2\u05d9\u05d9\u05d7"),
    ("rtl", "\u05d8\u05dc\u05f3 +972-3-5551234", "972-3-5551234+ \u05f3\u05dc\u05d8"),
    ("rtl", "\u05d8\u05dc\u05f3 \u200e+972-3-5551234", "+972-3-5551234 \u05f3\u05dc\u05d8"),
    ("ltr", "Support \u05ea\u05de\u05d9\u05db\u05d4 (VIP)", "Support \u05d4\u05db\u05d9\u05de\u05ea (VIP)"),
    ("rtl", "\u05ea\u05de\u05d9\u05db\u05d4 (VIP) 24/7", "24/7 (VIP) \u05d4\u05db\u05d9\u05de\u05ea"),
    (
        "rtl",
        "(\u05e1\u05e0\u05d9\u05e3) \u05d7\u05d9\u05e4\u05d4",
        "\u05d4\u05e4\u05d9\u05d7 (\u05e3\u05d9\u05e0\u05e1)",
    ),
    ("rtl", '\u05e6\u05d4"\u05dc', '\u05dc"\u05d4\u05e6'),
    ("ltr", "A1-\u05de\u05db\u05d9\u05e8\u05d5\u05ea", "A1-\u05ea\u05d5\u05e8\u05d9\u05db\u05de"),
    ("rtl", "\u05de\u05db\u05d9\u05e8\u05d5\u05ea-A1", "A1-\u05ea\u05d5\u05e8\u05d9\u05db\u05de"),
    ("rtl", "50% \u05d4\u05e0\u05d7\u05d4", "\u05d4\u05d7\u05e0\u05d4 50%"),
    (
        "rtl",
        "\u05e8\u05de\u05ea \u05e9\u05d9\u05e8\u05d5\u05ea 87.5%",
        "87.5% \u05ea\u05d5\u05e8\u05d9\u05e9 \u05ea\u05de\u05e8",
    ),
    ("rtl", "\u05d1\u05d9\u05df 10:30-11:00", "10:30-11:00 \u05df\u05d9\u05d1"),
    ("rtl", "10:30 - 11:00 \u05d1\u05dc\u05d9\u05dc\u05d4", "\u05d4\u05dc\u05d9\u05dc\u05d1 11:00 - 10:30"),
    ("rtl", "\u05e9\u05dc\u05d5\u05dd, world!", "!world ,\u05dd\u05d5\u05dc\u05e9"),
    ("rtl", "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05dd\u05d5\u05b9\u05dc\u05e9\u05b8\u05c1"),
    ("rtl", "\u05d9\u05ea\u05e8\u05d4 1,250 \u20aa", "\u20aa 1,250 \u05d4\u05e8\u05ea\u05d9"),
    (
        "rtl",
        "[\u05e7\u05de\u05e4\u05d9\u05d9\u05df] \u05d7\u05d5\u05e8\u05e3 \u2013 50% (\u05e2\u05d3 31/12)",
        "(31/12 \u05d3\u05e2) 50% \u2013 \u05e3\u05e8\u05d5\u05d7 [\u05df\u05d9\u05d9\u05e4\u05de\u05e7]",
    ),
    (
        "rtl",
        "\u05d4\u05e4\u05e8\u05e9 -5 \u05d3\u05e7\u05d5\u05ea",
        "\u05ea\u05d5\u05e7\u05d3 5- \u05e9\u05e8\u05e4\u05d4",
    ),
    ("rtl", "\u05d3\u05d5\u05d0\u05f4\u05dc info@yemot.co.il", "info@yemot.co.il \u05dc\u05f4\u05d0\u05d5\u05d3"),
)
