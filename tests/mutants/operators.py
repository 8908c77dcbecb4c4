# SPDX-License-Identifier: MIT
"""Finds the places of a C++ source where one small thing can be changed, and what it becomes there.

It reads the text, not the language: what does not compile is no mutant, and left to the compiler to tell. Left alone are
comments, texts, preprocessor lines, assertions, and reserve(), which a program cannot be seen to have called.
"""
import hashlib
import re
from dataclasses import dataclass

TOKENS = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<line>(?m:^)[ \t]*\#(?:[^\n]*\\\n)*[^\n]*)
      | (?P<text>R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:[^"\\\n]|\\.)*"|(?<![\w])u?'(?:[^'\\\n]|\\.)+')
      | (?P<number>\b\d[\w.']*)
      | (?P<alone>\b(?:static_assert|Q_ASSERT\w*|Q_UNREACHABLE|Q_DECLARE\w*)\s*\([^;]*?\)\s*;?|[^;{}\s]*\breserve\([^;]*;)
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING, CLOSING = "([{", ")]}"

SWAPS = {
    "relation": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "arithmetic": {"+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+="},
    "word": {"true": "false", "false": "true", "continue": "break"},
    "algorithm": {"min": "max", "max": "min", "all_of": "any_of", "any_of": "all_of", "none_of": "any_of"},
}
# A statement that is a call or an assignment, and no declaration: after its first name comes no other name.
STATEMENT = re.compile(r"(?:\(void\)|\*|\+\+|--)?[A-Za-z_][\w:]*(?:\(|\.|->|\[|\s(?:[-+*/|&^]|<<|>>)?=\s)")
NEW_BLOCK = re.compile(r"\n\s*$|[)\w]\s$")


@dataclass(frozen=True)
class Mutant:
    file: str  # below src
    begin: int
    end: int
    new: str
    kind: str
    name: str  # tells it from others, and stays as it is while its line does

    def applied(self, source):
        # Lines keep their numbers.
        lines = source[self.begin : self.end].count("\n") - self.new.count("\n")
        return source[: self.begin] + self.new + "\n" * max(lines, 0) + source[self.end :]

    def line(self, source):
        return source.count("\n", 0, self.begin) + 1

    def change(self, source):
        begin = source.rfind("\n", 0, self.begin) + 1
        end = source.find("\n", self.end)
        old, new = source[begin:end], source[begin : self.begin] + self.new + source[self.end : end]
        return " ".join(old.split()), " ".join(new.split())

    def rank(self, seed):
        return hashlib.sha256(f"{seed} {self.name}".encode()).hexdigest()


def masked(source):
    """The source with what is left alone blank, so that every other character keeps its place."""

    def blank(match):
        if match["number"]:
            return match[0]
        inner = re.sub(r"[^\n]", " ", match[0])
        return f'"{inner[1:-1]}"' if match["text"] and len(inner) > 1 else inner

    return TOKENS.sub(blank, source)


def closing(text, opening):
    """Where the bracket that opens at opening is closed."""
    depth = 0
    for i in range(opening, len(text)):
        depth += (text[i] in OPENING) - (text[i] in CLOSING)
        if depth == 0:
            return i
    return -1


def parts(text, begin, end, separator):
    """The [begin, end) of what stands between separators outside all brackets."""
    found, depth, start = [], 0, begin
    for i in range(begin, end):
        depth += (text[i] in OPENING) - (text[i] in CLOSING)
        if text[i] == separator and depth == 0:
            found.append((start, i))
            start = i + 1
    return found + [(start, end)]


def swaps(text):
    spaced = re.compile(r"(?<=\s)(<=|>=|==|!=|<|>|&&|\|\||\+=|-=|[-+*/])(?=\s)")
    words = re.compile(r"\b(true|false|continue)\b|(?<=::)(min|max|all_of|any_of|none_of)(?=\()")
    for match in [*spaced.finditer(text), *words.finditer(text)]:
        for kind, table in SWAPS.items():
            if match[0] in table:
                yield match.start(), match.end(), table[match[0]], kind


def numbers(text):
    # One more than -1 is 0.
    for match in re.finditer(r"(?:(?:(?<=return )|(?<![\w)\]] )(?<![\w)\]]))-)?(?<![\w.'\"])\d[\d']*(?![\w.'])", text):
        yield match.start(), match.end(), str(int(match[0].replace("'", "")) + 1), "number"


def negations(text):
    for match in re.finditer(r"!(?=[\w(*])", text):
        yield match.start(), match.end(), "", "negation"


def steps(text):
    for match in re.finditer(r"\+\+|--", text):
        yield match.start(), match.end(), "--" if match[0] == "++" else "++", "step"


def conditions(text):
    for match in re.finditer(r"\b(?:if|while) (?=\()", text):
        end = closing(text, match.end())
        if end > 0:
            begin, end = parts(text, match.end() + 1, end, ";")[-1]
            if " = " not in text[begin:end]:  # a declaration cannot be turned round
                yield begin, end, "!({old})", "condition"


def returns(text):
    for match in re.finditer(r"\breturn ([^;]*?)(?=;)", text, re.DOTALL):
        statement = parts(text, match.start(1), len(text), ";")[0]
        if text[statement[0] : statement[1]].strip() not in ("{}", "true", "false", "nullptr", "std::nullopt"):
            yield *statement, "{}", "return"


def statements(text):
    for start in re.finditer(r"(?:[;{})]|\belse|:)\s+(?=[\w(*+-])", text):
        if not STATEMENT.match(text, start.end()):
            continue
        end = statement_end(text, start.end())
        if end > 0:
            yield start.end(), end, "", "statement"


def statement_end(text, begin):
    i = begin
    while i < len(text) and text[i] != ";":
        if text[i] in CLOSING or (text[i] == "{" and NEW_BLOCK.search(text[:i][-80:])):
            return -1
        i = closing(text, i) + 1 if text[i] in OPENING else i + 1
        if i == 0:
            return -1
    return i


def arguments(text):
    for match in re.finditer(r"(?<=\w)\(", text):
        end = closing(text, match.start())
        found = parts(text, match.end(), end, ",") if end > 0 else []
        if len(found) < 2:
            continue
        (a, b), (c, d) = found[:2]
        first, second = text[a:b].strip(), text[c:d].strip()
        is_declared = any(re.match(r"(?:const\b|[\w:<>]+\s+[&*]?\w)", part) for part in (first, second))
        if first and first != second and not is_declared:
            yield a, d, "{second}, {first}", "arguments"


def filled(new, source, begin, end):
    if "{old}" in new:
        return new.replace("{old}", source[begin:end])
    if new == "{second}, {first}":
        first, second = [source[a:b] for a, b in parts(masked(source), begin, end, ",")]
        return f"{second.strip()}, {first.strip()}"
    return new


def mutants(file, source):
    """All of a file, in the order of their places."""
    text = masked(source)
    seen = {}
    for find in (swaps, numbers, negations, steps, conditions, returns, statements, arguments):
        for begin, end, new, kind in find(text):
            new = filled(new, source, begin, end)
            line = source[source.rfind("\n", 0, begin) + 1 : source.find("\n", begin)].strip()
            name = f"{file} {kind} {line} -> {new}"
            seen[name] = seen.get(name, 0) + 1
            yield Mutant(file, begin, end, new, kind, f"{name} {seen[name]}")
