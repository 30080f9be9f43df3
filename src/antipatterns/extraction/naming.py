"""Names a helper after what its block says: its comment, what it makes, what it calls, or where it stands."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.extraction.blocks import Block
    from antipatterns.extraction.flow import Function
    from antipatterns.extraction.shape import Shape
    from antipatterns.source import Source


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = _words(
    """
    add adjust append apply assemble assert attach build calculate call check choose clean clear close collect
    combine compare compute configure connect convert copy count create cut decode define delete detect determine
    discard dispatch do draw drop dump emit enable encode ensure evaluate execute expand extract fetch fill filter find
    finish fix flush format gather generate get give group guess handle ignore import init initialize insert install
    iterate join load log look make mark match merge move normalize notify open order parse patch pick populate
    prepare print process produce prune publish push put query raise read rebuild record reduce register reject
    release remove rename render reorder replace report reset resolve restore retry return run sanitize save scan
    search select send set setup show skip sort split start stop store strip submit sum swap sync test transform
    translate trim try unpack update upload use validate verify wait walk warn wrap write yield
    """
)
_FILLERS = _words("a an the all any now then also first next finally just we it its this that these our please")
_STOPS = _words("if when because so unless since until but as for in with which while from to of on at by")
_WORD = re.compile(r"[A-Za-z]+")
_SENTENCE_END = re.compile(r"[.:;,(\[{`\"!?]|--| - ")
_DULL_CALLS = _words(
    """
    append extend add get pop items keys values join split strip format debug info warning error exception log
    isinstance len str int list dict set tuple print getattr setattr hasattr write echo startswith endswith super
    type range enumerate zip sorted any all min max sum next iter repr bool float bytes replace update encode decode
    start_soon start_task create_task ensure_future call_soon enter_context enter_async_context
    """
)
_MOST_WORDS = 4
_LONGEST = 40
_LONGEST_WITH_PREFIX = 50
_LONGEST_OWN = 24


def name_helper(source: Source, function: Function, block: Block, taken: frozenset[str], shape: Shape) -> str:
    """A name with a leading underscore that nothing in ``taken`` has, nor, so far as can be told, a class around."""
    own = _snake(function.name) or "function"
    candidates = _candidates(source, block, own)
    prefix = _prefix_for(function, own, shape)
    for candidate in candidates:
        name = _with_prefix(candidate, prefix, own)
        if _is_free(name, taken):
            return name
    base = _with_prefix(next(candidates, f"{own}_part"), prefix, own)
    number = 2
    while not _is_free(f"{base}_{number}", taken):
        number += 1
    return f"{base}_{number}"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])", "_", name.strip("_")).lower()


def _prefix_for(function: Function, own: str, shape: Shape) -> str:
    """What a name must hold, so that no helper of a class in another file has it: the name of the function.

    That of the class too, where a method of the same name is called on the way up, which may have its own helpers.
    """
    if shape.has_known_bases:
        return ""
    goes_up = any(isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(function))
    return f"{_snake(shape.class_name)}_{own}" if goes_up else own


def _with_prefix(candidate: str, prefix: str, own: str) -> str:
    """The name for a helper; of what the function's own name is too long for, only the first words are left."""
    if prefix and own in candidate:
        name = candidate.replace(own, prefix, 1)
    else:
        name = f"{prefix}_{candidate}" if prefix else candidate
    if len(name) > _LONGEST_WITH_PREFIX:
        name = name.replace(own, _first_words(own), 1)
    return f"_{name}"


def _first_words(name: str) -> str:
    """The words at the beginning of a long name."""
    first, *rest = name.split("_")
    for word in rest:
        if len(first) + len(word) >= _LONGEST_OWN:
            break
        first += f"_{word}"
    return first


def _is_free(name: str, taken: frozenset[str]) -> bool:
    return name not in taken and not keyword.iskeyword(name) and not hasattr(builtins, name)


def _candidates(source: Source, block: Block, own: str) -> Iterator[str]:
    for name in (_from_comment(source, block), *_from_code(block, own), _from_place(block, own)):
        if name is not None and len(name) <= _LONGEST and name != own:
            yield name
            if own not in name and len(name) + len(own) < _LONGEST:
                yield f"{own}_{name}"
    yield f"{own}_part"


def _from_comment(source: Source, block: Block) -> str | None:
    """The words of the comment on top, when it begins with a verb, and no other one speaks of what follows."""
    if _has_more_comments(source, block):
        return None
    text = ""
    for number in range(block.first_line, block.nodes[0].lineno):
        text += " " + source.line_at(number).strip().lstrip("#!:").strip()
    sentence = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    words: list[str] = []
    for word in _WORD.findall(sentence.replace("'", "").lower()):
        if word in _STOPS and words:
            break
        if word not in _FILLERS:
            words.append(word)
    if len(words) < 2 or words[0] not in _VERBS or not sentence.isascii():
        return None
    return "_".join(words[:_MOST_WORDS])


def _has_more_comments(source: Source, block: Block) -> bool:
    first = source.line_at(block.nodes[0].lineno)
    start = f"{first[: len(first) - len(first.lstrip())]}#"
    below = range(block.nodes[0].lineno + 1, block.last_line + 1)
    return any(source.line_at(number).startswith(start) for number in below)


def _from_code(block: Block, own: str) -> Iterator[str | None]:
    returned = [name.strip("_").lower() for name in block.returns if name.strip("_")]
    if returned and len(returned) <= 2:
        yield f"{_verb_of(block)}_{'_and_'.join(returned)}"
    elif returned:
        yield f"{_verb_of(block)}_{returned[0]}"
    if block.ends_function and block.gives_value:
        yield f"finish_{own}"
    yield _from_checks(block)
    largest = max(block.nodes, key=lambda node: (node.end_lineno or 0) - node.lineno)
    if isinstance(largest, (ast.For, ast.AsyncFor)):
        yield _from_loop(largest)
    yield _from_attributes(block, own)
    if isinstance(largest, ast.If) and (word := _word_of_test(largest.test)):
        yield f"handle_{word}"
    yield _from_calls(block)


def _verb_of(block: Block) -> str:
    """``build`` for what begins empty or as a written-out container, ``compute`` for the rest."""
    for node in block.nodes:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        if isinstance(value, (ast.Dict, ast.List, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)):
            return "build"
    return "compute"


def _from_loop(node: ast.For | ast.AsyncFor) -> str | None:
    """``process_<things>`` for a loop over things."""
    iterated = node.iter
    while isinstance(iterated, (ast.Call, ast.Attribute)):
        if isinstance(iterated, ast.Attribute) and iterated.attr not in _DULL_CALLS:
            return f"process_{iterated.attr.strip('_').lower()}"
        if isinstance(iterated, ast.Call) and iterated.args and isinstance(iterated.func, ast.Name):
            iterated = iterated.args[0]
        else:
            iterated = iterated.func if isinstance(iterated, ast.Call) else iterated.value
    name = iterated.id if isinstance(iterated, ast.Name) else None
    return f"process_{name.strip('_').lower()}" if name and name != "self" else None


def _last_name(node: ast.AST) -> str | None:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None


def _from_checks(block: Block) -> str | None:
    """``check_<thing>`` where conditions lead to errors and to nothing else."""
    conditions = [node for node in block.nodes if isinstance(node, ast.If)]
    if len(conditions) < len(block.nodes) or not all(_ends_in_error(node) for node in conditions):
        return None
    word = _word_of_test(conditions[0].test)
    return f"check_{word}" if word else None


def _ends_in_error(condition: ast.If) -> bool:
    """Whether the last thing that a condition leads to is an error."""
    last = condition.body[-1]
    if isinstance(last, ast.If):
        return _ends_in_error(last)
    value = last.value if isinstance(last, ast.Expr) else None
    is_failure = isinstance(value, ast.Call) and _last_name(value.func) in ("fail", "error", "abort", "exit")
    return not condition.orelse and (isinstance(last, ast.Raise) or is_failure)


def _word_of_test(test: ast.expr) -> str | None:
    """The name that a condition is about."""
    for node in ast.walk(test):
        name = (_last_name(node) or "").strip("_").lower()
        if name and name not in _DULL_CALLS and name not in ("self", "cls", "debug", "name"):
            return name.removeprefix("is_").removeprefix("has_") or None
    return None


def _from_attributes(block: Block, own: str) -> str | None:
    """``set_<attribute>`` where a block is about the few that it sets, ``init_<attribute>`` in a constructor."""
    names: list[str] = []
    lines = 0
    for inner in (inner for node in block.nodes for inner in ast.walk(node)):
        if not isinstance(inner, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            continue
        targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
        stored = [
            target.attr.strip("_").lower()
            for one in targets
            for target in (one.elts if isinstance(one, (ast.Tuple, ast.List)) else [one])
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)
        ]
        names += stored
        lines += bool(stored) * ((inner.end_lineno or inner.lineno) - inner.lineno + 1)
    names = list(dict.fromkeys(name for name in names if name))
    if own == "init":
        return f"init_{names[0]}" if names else None
    return f"set_{'_and_'.join(names)}" if 0 < len(names) <= 2 and 5 * lines >= block.lines else None


def _from_calls(block: Block) -> str | None:
    """The function that statements call most often, when its name begins with a verb and more than one does so."""
    counts: Counter[str] = Counter()
    for node in block.nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
                name = (_last_name(inner.value.func) or "").strip("_")
                if name in _DULL_CALLS or name in block.reads:
                    continue
                if name.lower() == name and name.partition("_")[0] in _VERBS:
                    counts[name] += 1
    most = counts.most_common(1)
    return most[0][0] if most and most[0][1] > 1 and "_" in most[0][0] else None


def _from_place(block: Block, own: str) -> str:
    if block.is_at_start:
        return f"prepare_{own}"
    return f"finish_{own}" if block.is_at_end or block.ends_function else f"{own}_part"
