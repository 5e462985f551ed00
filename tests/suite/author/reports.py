"""Reports as teachers write them, for the test of imports, written by python-docx.

    reports.py FOLDER COUNT

Every piece of text holds words that stand nowhere else, so that a lost one is found. The same in every run.
"""

import random
import sys

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

THAI = ["การอ่าน", "นักเรียน", "ครูประจำชั้น", "เครือข่าย", "ผลการประเมิน", "กิจกรรม", "น้ำใจ", "ที่ประชุม", "แผนงาน", "ผู้ปกครอง"]


class Writer:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.count = 0
        self.book = docx.Document()

    def words(self, least=1, most=6):
        out = []
        for _ in range(self.dice.randrange(least, most + 1)):
            self.count += 1
            out.append(f"{self.dice.choice(THAI)}{self.count}ก" if self.dice.random() < 0.6 else f"word{self.count}x")
        return " ".join(out)

    def element(self, name, **attributes):
        made = OxmlElement(name)
        for key, value in attributes.items():
            made.set(qn("w:" + key), value)
        return made

    def runs(self, paragraph):
        """Runs of any form, signs between them."""
        for _ in range(self.dice.randrange(1, 5)):
            run = paragraph.add_run(self.words() + self.dice.choice([" ", "", "  "]))
            font = run.font
            font.bold = self.dice.random() < 0.2
            font.italic = self.dice.random() < 0.1
            font.superscript = True if self.dice.random() < 0.05 else None
            font.all_caps = True if self.dice.random() < 0.03 else None
            font.size = Pt(self.dice.choice([14, 16, 18]))
            sign = self.dice.randrange(12)
            if sign == 0:
                run._r.append(self.element("w:noBreakHyphen"))
                run._r.append(self.text(self.words(1, 1)))
            elif sign == 1:
                run._r.append(self.element("w:sym", font="Wingdings", char="F0FE"))
            elif sign == 2:
                run._r.append(self.element("w:softHyphen"))
                run._r.append(self.text(self.words(1, 1)))
            elif sign == 3:
                run.add_break()
            elif sign == 4:
                run.add_tab()

    def text(self, text):
        made = self.element("w:t")
        made.text = text
        return made

    def inserted(self, paragraph):
        """Tracked changes, a control, a field, a smart tag: each wraps runs of its own."""
        kind = self.dice.choice(["w:ins", "w:sdt", "w:fldSimple", "w:smartTag", "w:hyperlink", "w:moveTo"])
        wrap = self.element(kind)
        inner = wrap
        if kind == "w:sdt":
            inner = self.element("w:sdtContent")
            wrap.append(inner)
        if kind == "w:fldSimple":
            wrap.set(qn("w:instr"), " QUOTE x ")
        if kind in ("w:ins", "w:moveTo"):
            wrap.set(qn("w:id"), str(self.count))
            wrap.set(qn("w:author"), "x")
        run = self.element("w:r")
        run.append(self.text(self.words()))
        inner.append(run)
        paragraph._p.append(wrap)

    def table(self, place, depth=0):
        rows, columns = self.dice.randrange(1, 5), self.dice.randrange(1, 4)
        table = place.add_table(rows=rows, cols=columns) if depth == 0 else place.add_table(rows, columns)
        for row in table.rows:
            for cell in row.cells:
                cell.paragraphs[0].add_run(self.words(1, 3))
                if self.dice.random() < 0.2:
                    cell.add_paragraph(self.words(1, 3))
                if depth < 2 and self.dice.random() < 0.08:
                    self.table(cell, depth + 1)
        if rows > 1 and self.dice.random() < 0.4:
            table.cell(0, 0).merge(table.cell(self.dice.randrange(rows), self.dice.randrange(columns)))

    def block(self):
        kind = self.dice.randrange(9)
        book = self.book
        if kind == 0:
            book.add_heading(self.words(1, 4), self.dice.randrange(0, 5))
        elif kind == 1:
            for _ in range(self.dice.randrange(1, 4)):
                style = self.dice.choice(["List Bullet", "List Number", "List Number 2", "List Bullet 3", "List Continue"])
                self.runs(book.add_paragraph(style=style))
        elif kind == 2:
            self.table(book)
        elif kind == 3:
            book.add_paragraph().add_run(self.dice.choice(["๑. ", "2) ", "ก. ", "• "]) + self.words()).bold = True
        elif kind == 4:
            self.inserted(book.add_paragraph(self.words()))
        elif kind == 5:
            book.add_paragraph(self.words(), style=self.dice.choice(["Quote", "Caption", "Subtitle", "Intense Quote"]))
        elif kind == 6:
            book.add_page_break()
        else:
            self.runs(book.add_paragraph())


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    for n in range(count):
        writer = Writer(n)
        for _ in range(writer.dice.randrange(4, 14)):
            writer.block()
        writer.book.save(f"{folder}/g{n}.docx")


main()
