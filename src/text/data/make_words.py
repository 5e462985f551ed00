#!/usr/bin/env python3
"""Makes words.txt.gz from the PyThaiNLP wheel: python3 make_words.py WHEEL OUT

Each line is a word, a tab and the cost of the word in bits (-log2 of its share
in the Thai National Corpus list, at most 30; words without a count get 26).
"""
import gzip
import math
import re
import sys
import zipfile

WORD = re.compile(r"^[ก-ฮเ-ไฤฦอ][ก-ฺเ-๎]*$")
VOWEL = "ัิีึืฺุู"
SIGN = "็่้๊๋์"


def order(word):
    """Vowel sign before tone or silencer, ํ+า composed."""
    word = word.replace("ํา", "ำ").replace("เเ", "แ")
    word = re.sub(f"([{SIGN}])([{VOWEL}])", r"\2\1", word)
    return re.sub(r"ํ([่-๋])า", r"\1ำ", word)


def legal(word):
    if re.search(f"[{VOWEL}]{{2}}|[{SIGN}]{{2}}|[^ก-ฮ{VOWEL}ํ][{SIGN}]|[^ก-ฮ][{VOWEL}]", word):
        return False
    if re.search("ั(?![ก-ฮ่-๋])|[เ-ไ]$|[เ-ไ][เ-ไะาำ]|็[่-๋]", word):
        return False
    return bool(re.search("[ก-ฮ]", word))


def main(wheel, out):
    box = zipfile.ZipFile(wheel)
    text = lambda name: box.read(f"pythainlp/corpus/{name}").decode("utf-8")
    words = {order(w.strip()) for w in text("words_th.txt").splitlines()}
    words = {w for w in words if WORD.match(w) and legal(w) and (len(w) > 1 or w == "ณ")}
    count = {}
    for line in text("tnc_freq.txt").splitlines():
        word, _, number = line.rpartition("\t")
        number = int(number) if number.isdigit() else 0
        count[order(word)] = count.get(order(word), 0) + number
    total = sum(count.values())
    with gzip.GzipFile(out, "wb", compresslevel=9, mtime=0) as target:
        for word in sorted(words):
            number = count.get(word, 0)
            cost = min(30, round(-math.log2(number / total))) if number > 1 else 26
            target.write(f"{word}\t{cost}\n".encode("utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:3])
