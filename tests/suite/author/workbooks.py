"""Workbooks for the test of imports, written by two libraries: openpyxl and XlsxWriter.

    workbooks.py FOLDER COUNT

Every second one is of either library. Values, formats, merged cells, hidden rows, columns and sheets, white letters are drawn at
random, the same in every run. What the cells show is not said here: LibreOffice is asked.
"""

import datetime
import random
import sys

import openpyxl
import xlsxwriter

# Formats of numbers, from registers of schools and from the specification.
NUMBERS = [
    "General", "0", "0.0", "0.00", "0.000", "#,##0", "#,##0.00", "0%", "0.0%", "0.00%", "0000", "00000000", "0000000000",
    "#,##0;-#,##0", "#,##0;(#,##0)", "#,##0.00;[Red]-#,##0.00", "#,##0_);(#,##0)", '#,##0.00" บาท"', '"฿"#,##0.00',
    "[$฿-41E]#,##0.00", "[$฿-41E] #,##0", '0" คน"', '"ร้อยละ "0.00', "0;-0;\"ไม่มี\"", '0;-0;"-"', "0.0#", "#.##", "0.0##",
    "0-0000-00000-00-0", "000-000-0000", "00\\-00", "0,", "0.0,,", "#,##0,", "[>=50]\"ผ่าน\";\"ไม่ผ่าน\"",
    "[<50]0.0;[>=50]0", "[Blue]0.00", "0 %", '0.0" %"', "_-* #,##0.00_-", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "# ?/?",
    "# ??/??", "0.00;;", "@", "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
]
# Formats of days and times, the calendar and the digits of Thailand among them.
DAYS = [
    "yyyy-mm-dd", "d/m/yyyy", "dd/mm/yyyy", "d mmm yyyy", "d mmmm yyyy", "mmm-yy", "mmmm yyyy", "dd-mmm-yy", "d/m/yy",
    "[$-41E]d mmmm yyyy", "[$-41E]d mmm yy",
    "[$-D07041E]d mmmm yyyy", "[$-D07041E]d/m/yyyy", "[$-D070000]d/m/yyyy", "[$-107041E]d mmm yyyy;@", "[$-1070000]d/m/yyyy",
    "[$-107041E]d mmmm yyyy", "[$-1070000]d/mm/yyyy;@", "[$-D00041E]d mmmm yyyy", "dddd d mmmm yyyy", "ddd d mmm",
    "[$-41E]dddd d mmmm yyyy", "yyyy-mm-dd hh:mm", "d/m/yyyy h:mm AM/PM", "dd/mm/yyyy hh:mm:ss", "yyyy\\-mm\\-dd", "d.m.yyyy",
    '"วันที่ "d mmm yyyy', "yyyy",
]
TIMES = ["h:mm;@", "hh:mm", "hh:mm:ss", "h:mm AM/PM;@", "[h]:mm", "[mm]:ss", "mm:ss", '[h]" ชม. "mm" น."', 'hh:mm" น."', "hh.mm"]
TEXTS = [
    "ข้อความ", "การอ่าน\nการเขียน", "  เว้นหน้า", "007", "0812345678", "12,5", "1,250", "๑๒", "78.5%", "15 ส.ค. 2566", "-", "=ไม่ใช่สูตร",
    'เขา "พูด"', "ก\u00a0ข", "ก\u200bข", "ก;ข", "ก,ข", "ก\tข", "<b>&amp;</b>", "e\u0301", "กำ", "กํา", "'007", "_x000D_", "TRUE", "2566",
    "#N/A", "1e5", "หนึ่ง|สอง", "ป.๖/๑", "🙂", "ที่ ๑/๒๕๖๖",
]


def number(dice):
    """A number as sheets hold it: whole, with decimals, a share, negative, large, nothing."""
    n = dice.randrange(1, 10_000_000)
    return dice.choice([
        n, n / 100, n / 10_000_000, -n, -n / 1000, n % 10, n % 101, n % 2, 0, n * 1_000_003, n / 3, n / 7_000_000,
        0.5, 1 / 3, 0.1 + 0.2, n / 8,
    ])


def cell(dice, first_year):
    """Value and format."""
    kind = dice.randrange(10)
    if kind < 4:
        return number(dice), dice.choice(NUMBERS)
    if kind < 6:
        day = datetime.datetime(first_year, 1, 1) + datetime.timedelta(days=dice.randrange(60_000))
        return day + datetime.timedelta(minutes=dice.choice([0, 0, dice.randrange(32) * 45])), dice.choice(DAYS)
    if kind < 7:
        seconds = dice.choice([dice.randrange(86_400), dice.randrange(1440) * 60, dice.randrange(400_000)])
        return seconds / 86_400, dice.choice(TIMES)
    if kind < 8:
        return dice.random() < 0.5, "General"
    text = dice.choice(TEXTS)
    return text, dice.choice(["General", "General", "@", "@" if "\n" in text else '@" คน"', "0.00"])


def sheet(dice, first_year):
    """Cells by place, merged ranges, hidden rows and columns."""
    rows, columns = dice.randrange(3, 9), dice.randrange(2, 7)
    cells = {(r, c): cell(dice, first_year) for r in range(rows) for c in range(columns) if dice.random() < 0.85}
    merges, taken = [], set()
    for _ in range(dice.choice([0, 0, 1, 2, 3])):
        top, left = dice.randrange(rows), dice.randrange(columns)
        bottom = min(rows - 1, top + dice.randrange(4))
        right = min(columns - 1, left + dice.randrange(3))
        area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            merges.append((top, left, bottom, right))
            for place in area - {(top, left)}:
                cells.pop(place, None)
            cells.setdefault((top, left), ("รวมเซลล์", "General"))
    hidden_rows = [r for r in range(rows) if dice.random() < 0.05]
    hidden_columns = [c for c in range(columns) if dice.random() < 0.05]
    faint = {place for place in sorted(cells) if dice.random() < 0.02}
    return cells, merges, hidden_rows, hidden_columns, faint


def with_openpyxl(path, sheets, era_1904):
    book = openpyxl.Workbook()
    book.remove(book.active)
    if era_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for name, hidden, (cells, merges, hidden_rows, hidden_columns, faint) in sheets:
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if hidden else "visible"
        for (r, c), (value, code) in cells.items():
            one = page.cell(r + 1, c + 1)
            one.value = value
            # A text that begins like a formula or an error is a text.
            if isinstance(value, str):
                one.data_type = "s"
            one.number_format = code
            if (r, c) in faint:
                one.font = openpyxl.styles.Font(color="FFFFFFFF")
        for top, left, bottom, right in merges:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for r in hidden_rows:
            page.row_dimensions[r + 1].hidden = True
        for c in hidden_columns:
            page.column_dimensions[openpyxl.utils.get_column_letter(c + 1)].hidden = True
    book.save(path)


def with_xlsxwriter(path, sheets, era_1904):
    book = xlsxwriter.Workbook(path, {"date_1904": era_1904, "strings_to_formulas": False, "strings_to_urls": False})
    for name, hidden, (cells, merges, hidden_rows, hidden_columns, faint) in sheets:
        page = book.add_worksheet(name)
        if hidden:
            page.hide()
        for top, left, bottom, right in merges:
            page.merge_range(top, left, bottom, right, "")
        for (r, c), (value, code) in cells.items():
            form = book.add_format({"num_format": code, **({"font_color": "#FFFFFF"} if (r, c) in faint else {})})
            if isinstance(value, bool):
                page.write_boolean(r, c, value, form)
            elif isinstance(value, datetime.datetime):
                page.write_datetime(r, c, value, form)
            elif isinstance(value, str):
                page.write_string(r, c, value, form)
            else:
                page.write_number(r, c, value, form)
        for r in hidden_rows:
            page.set_row(r, None, None, {"hidden": True})
        for c in hidden_columns:
            page.set_column(c, c, None, None, {"hidden": True})
    book.close()


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    for n in range(count):
        dice = random.Random(n)
        era_1904 = dice.random() < 0.05
        drawn = [sheet(dice, 1904 if era_1904 else 1901) for _ in range(dice.randrange(1, 4))]
        sheets = [(f"s{i}", i > 0 and dice.random() < 0.3, one) for i, one in enumerate(drawn)]
        write = with_openpyxl if n % 2 == 0 else with_xlsxwriter
        write(f"{folder}/b{n}.xlsx", sheets, era_1904)


main()
