"""What readers type as a number, a size or a price reads, or they are told why it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.catalogue.measures import (
    NotUsable,
    plain,
    read_number,
    read_price,
    read_quantity,
    read_size,
)
from reviews_app.catalogue.spellings import CURRENCIES, DEGREES, SPELLINGS
from reviews_app.catalogue.units import LENGTH, UNITS

PRICED_IN = ("USD", "GBP", "INR", "CAD", "JPY")

HOW_COMMAS = "write 38.5 with a point"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("38", "38"),
        ("38.5", "38.5"),
        ("38,5", "38.5"),
        ("1,50", "1.5"),
        (",5", "0.5"),
        ("0,5", "0.5"),
        ("1,000", "1000"),
        ("12,000", "12000"),
        ("1,299.50", "1299.5"),
        ("1,000,000", "1000000"),
        ("15 1/2", "15.5"),
        ("15-3/4", "15.75"),
        ("15 1 / 2", "15.5"),
        ("1/8", "0.125"),
        ("015 7⁄8", "15.875"),
        ("2 3/16", "2.1875"),
    ],
)
def test_a_number_reads_however_it_is_written(text: str, number: str) -> None:
    assert plain(read_number(text)) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,5,5", HOW_COMMAS),
        ("1234,567", HOW_COMMAS),
        ("0,500", HOW_COMMAS),
        ("1,2345", HOW_COMMAS),
        ("1.299,50", HOW_COMMAS),
        ("1,00,000", HOW_COMMAS),
        ("38,", HOW_COMMAS),
        (",", HOW_COMMAS),
        ("1/3", "like 15 1/2, or a point, like 15.5"),
        ("15 5/4", "like 15 1/2, or a point, like 15.5"),
        ("1/0", "like 15 1/2, or a point, like 15.5"),
        ("9" * 5000 + "/2", "like 15 1/2, or a point, like 15.5"),
        ("-1,5", "cannot be below 0"),
        ("−1/2", "cannot be below 0"),
        ("- 15 1/2", "cannot be below 0"),
        ("-,5", "cannot be below 0"),
        ("1,000,000,000", "more digits"),
        ("9" * 10 + " 1/2", "more digits"),
        ("0.1234567", "more digits"),
        (".", "not a number we can read"),
        ("-", "not a number we can read"),
        ("+5", "not a number we can read"),
    ],
)
def test_what_is_no_number_is_told_why(text: str, why: str) -> None:
    with pytest.raises(NotUsable, match=why):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "chosen", "size"),
    [
        ("38,5", "cm", "38.5cm"),
        ("38,5 cm", "cm", "38.5cm"),
        ("38 cms", None, "38cm"),
        ("38 cm.", "in", "38cm"),
        ("380 mm", "cm", "38cm"),
        ("385mm", None, "38.5cm"),
        ("0.38 m", "cm", "38cm"),
        ("0,38 metres", "cm", "38cm"),
        ("15 ins", None, "15in"),
        ("15 1/2 in", "cm", "15.5in"),
        ("15 1/2", "in", "15.5in"),
        ("15½ in", None, "15.5in"),
        ('15 ½"', "cm", "15.5in"),
        ("15¾”", None, "15.75in"),
        ("15 1/4’’", None, "15.25in"),
        ("½ in", None, "0.5in"),
        ("48 cm", None, "48cm"),
        ("19 inches", None, "19in"),
    ],
)
def test_a_size_reads_however_it_is_written(text: str, chosen: str | None, size: str) -> None:
    assert str(read_size(text, chosen)) == size


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("38,555,5 cm", HOW_COMMAS),
        ("38, 5 cm", HOW_COMMAS),
        ("15⅓ in", "like 15 1/2"),
        ("½½ in", "centimetres or inches"),
        ("48 parsecs", "centimetres or inches"),
        ("2 kg", "centimetres or inches"),
        ("cm", "not a size we can read"),
        ("0 mm", "more than 0"),
        ("-3 cm", "below 0"),
        ("380.123456 mm", "more digits"),
        ("99999999 m", "more digits"),
    ],
)
def test_what_is_no_size_is_told_why(text: str, why: str) -> None:
    with pytest.raises(NotUsable, match=why):
        read_size(text, "cm")


@pytest.mark.parametrize(
    ("text", "unit", "chosen", "number"),
    [
        ("1,5 kg", "kg", "lb", "1.5"),
        ("40 decibels", "dB", None, "40"),
        ("40 dB", "dB", None, "40"),
        ("40 degrees", "°C", None, "40"),
        ("104 degrees", "°C", "°F", "40"),
        ("104°", "°C", "°F", "40"),
        ("40 ° C", "°C", "°F", "40"),
        ("40 deg. C", "°C", "°F", "40"),
        ("104 degrees Fahrenheit", "°C", "°C", "40"),
        ("1 month", "months", None, "1"),
        ("24 months", "months", None, "24"),
        ("1,5 hrs.", "min", None, "90"),
        ("20 mins", "min", None, "20"),
        ("100 mm Hg", "mmHg", None, "100"),
        ("3,200 strokes a  minute", "strokes a minute", None, "3200"),
        ("12 1/2", None, None, "12.5"),
    ],
)
def test_a_quantity_reads_with_the_words_readers_use(
    text: str, unit: str | None, chosen: str | None, number: str
) -> None:
    assert plain(read_quantity(text, unit, chosen).exact) == number


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("2 years", "months", "this is in months: write the number alone or with months behind it"),
        ("5 in", "kg", "this is in kg or lb: write the number alone or with kg or lb behind it"),
        ("40 degrees", "kg", "this is in kg or lb"),
        ("5 stars", None, "write the number alone"),
        ("1,5,5 kg", "kg", HOW_COMMAS),
        ("heavy", "kg", "write digits, like 120 or 1.5, alone or with kg or lb behind it"),
    ],
)
def test_what_is_no_quantity_is_told_why(text: str, unit: str | None, why: str) -> None:
    with pytest.raises(NotUsable, match=why):
        read_quantity(text, unit)


@pytest.mark.parametrize(
    ("text", "currency", "number"),
    [
        ("200", "USD", "200"),
        ("$200", "USD", "200"),
        ("$1,299.50", "USD", "1299.5"),
        ("$.50", "USD", "0.5"),
        ("$ 200", "CAD", "200"),
        ("200 dollars", "CAD", "200"),
        ("US$200", "USD", "200"),
        ("C$200 CAD", "CAD", "200"),
        ("200 USD.", "USD", "200"),
        ("usd 200", "USD", "200"),
        ("$200 USD", "USD", "200"),
        ("£100", "GBP", "100"),
        ("100,50 pounds", "GBP", "100.5"),
        ("¥29,800", "JPY", "29800"),
        ("Rs. 5,000", "INR", "5000"),
        ("₹5,000", "INR", "5000"),
        ("200€", "EUR", "200"),
        ("200 euros", "EUR", "200"),
        ("200 sek", "SEK", "200"),
        ("SEK200", "SEK", "200"),
    ],
)
def test_a_price_reads_with_the_sign_or_word_of_its_currency(
    text: str, currency: str, number: str
) -> None:
    assert plain(read_price(text, currency, (*PRICED_IN, currency)).exact) == number


@pytest.mark.parametrize(
    ("text", "currency", "why"),
    [
        ("£100", "USD", "prices are in USD now.* to ask in GBP, choose it under “Prices in”"),
        ("100 pounds", "USD", "to ask in GBP, choose it under “Prices in”"),
        ("$100", "GBP", "prices are in GBP now.* to ask in USD, choose it under “Prices in”"),
        ("$100 CAD", "USD", "to ask in CAD, choose it under “Prices in”"),
        ("US$100", "CAD", "to ask in USD, choose it under “Prices in”"),
        ("€200", "USD", "no machine has a price in EUR here: write it in USD, which is chosen now"),
        ("200 bananas", "USD", "prices are in USD now: write the number alone"),
        ("bananas", "USD", "not a number we can read"),
        ("$-5", "USD", "below 0"),
        ("$1,5,5", "USD", HOW_COMMAS),
        ("$", "USD", "not a number we can read"),
        ("$5", None, "write the number alone"),
    ],
)
def test_a_price_that_cannot_be_asked_for_is_told_why(
    text: str, currency: str | None, why: str
) -> None:
    with pytest.raises(NotUsable, match=why):
        read_price(text, currency, PRICED_IN if currency else ())


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_every_spelling_of_a_unit_reads_behind_a_number(spelled: str) -> None:
    id_ = SPELLINGS[spelled]
    read = read_quantity(f"40 {spelled}", id_)

    assert read == read_quantity(f"40{spelled.upper()}.", id_) == read_quantity("40", id_)
    if id_ in UNITS and UNITS[id_].measures == LENGTH:
        assert read_size(f"40 {spelled}").number > 0


@pytest.mark.parametrize("spelled", sorted(DEGREES))
def test_degrees_are_those_that_were_chosen(spelled: str) -> None:
    assert read_quantity(f"104 {spelled}", "°C", "°F") == read_quantity("104", "°C", "°F")
    assert read_quantity(f"40 {spelled}", "°C") == read_quantity("40", "°C")


@pytest.mark.parametrize("spelled", CURRENCIES)
def test_every_spelling_of_a_currency_reads_on_both_sides(spelled: str) -> None:
    for code in CURRENCIES[spelled]:
        for text in (f"{spelled}120", f"120 {spelled}", f"{spelled.upper()} 120"):
            assert read_price(text, code, PRICED_IN) == read_quantity("120", None)


usable = st.decimals(min_value=0, max_value=999_999_999, allow_nan=False, places=6)


@given(usable)
def test_a_number_reads_back_from_an_address(number: Decimal) -> None:
    assert read_number(plain(number)) == number
    assert plain(read_number(plain(number))) == plain(number)


@given(usable)
def test_a_number_with_its_thousands_apart_is_the_same(number: Decimal) -> None:
    assert read_number(f"{number:,f}") == number


@given(st.integers(0, 999_999_999), st.integers(0, 99))
def test_a_decimal_comma_is_a_point(whole: int, hundredths: int) -> None:
    text = f"{whole}.{hundredths:02}"

    assert read_number(text.replace(".", ",")) == read_number(text)


@given(st.text("0123456789.,/½¾⅓ -−+abcdegimnstz$€£¥°\"'", max_size=14))
def test_what_reads_once_reads_the_same_from_its_address(text: str) -> None:
    for read_once in (read_number, lambda one: read_price(one, "USD", PRICED_IN).exact):
        try:
            number = read_once(text)
        except NotUsable:
            continue
        assert read_number(plain(number)) == number
    try:
        size = read_size(text, "cm")
    except NotUsable:
        return
    assert read_size(str(size)) == size
