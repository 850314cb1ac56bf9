"""A sentence for every code that the core and the files give; English here, Dutch in the catalogue.

``{names}`` are filled in with the values that come with the code.
"""

from collections.abc import Mapping
from typing import Final, Protocol, runtime_checkable

from tabletop.locale import Words, mark

SENTENCES: Final[dict[str, str]] = {
    # --- files and exercises: what could not be done with a file
    "file-missing": mark("{file} is not there."),
    "file-is-folder": mark("{file} is a folder, not an exercise."),
    "file-not-allowed": mark("{file} may not be read: ask whoever owns it for permission."),
    "file-unreadable": mark("{file} cannot be read."),
    "file-too-large": mark("{file} is too large for an exercise: at most {most} KiB."),
    "file-empty": mark("{file} is empty."),
    "file-not-utf-8": mark("{file} is not a UTF-8 text file: save it as UTF-8 in your editor."),
    "file-not-text": mark("{file} is not a text file."),
    "file-too-deep": mark("{file} has tables or lists nested too deeply to be an exercise."),
    "file-number": mark("{file}:{line}: this number is far too long."),
    "file-exists": mark("{file} is there already, and is never overwritten; choose another name."),
    "file-not-written": mark("{file} could not be written: {reason}."),
    "file-not-written-full": mark("{file} could not be written: the disk is full."),
    "file-not-written-not-allowed": mark("{file} may not be written there: choose another place."),
    "unknown-exercise": mark("There is no exercise called {name}; tabletop list shows which there are."),
    "unknown-exercise-meant": mark("There is no exercise called {name}; did you mean {meant}?"),
    "path-empty": mark("There is no path here: type one."),
    "home-unknown": mark("{file}: nobody of that name is known on this computer; type the whole path."),
    "broken": mark("{file} has mistakes ({count}); tabletop check shows them all."),
    "dossier-ending": mark("{file} has no ending that a dossier is written in: {possible}, or a folder that is there."),
    # --- files and exercises: the form of the file (TOML)
    "toml": mark("this line cannot be read"),
    "toml-text-not-closed": mark("a text is not closed: every quotation mark needs its partner"),
    "toml-character": mark("a character stands here that a file may not have; type it again"),
    "toml-twice": mark("this key stands there twice"),
    "toml-table-twice": mark("this part stands there twice; a list of parts has double brackets, as in [[steps]]"),
    "toml-no-equals": mark("after a key comes = and then its value"),
    "toml-value": mark("this value cannot be read: put text between quotation marks"),
    "toml-backslash": mark("a backslash in a text is written twice: \\\\"),
    "toml-list-not-closed": mark("a list or table is not closed: every bracket needs its partner"),
    "toml-bracket": mark("the brackets around this name do not match"),
    "toml-rest": mark("something stands after the value that does not belong there"),
    # --- files and exercises: a value by itself
    "missing": mark("is missing"),
    "unknown-key": mark("unknown key"),
    "unknown-key-meant": mark("unknown key; did you mean {meant}?"),
    "empty": mark("must not be empty"),
    "too-long": mark("is too long: at most {most} characters"),
    "too-low": mark("must be {limit} or more"),
    "not-more": mark("must be more than {limit}"),
    "too-high": mark("must be {limit} or less"),
    "not-less": mark("must be less than {limit}"),
    "none-at-all": mark("needs at least one"),
    "not-text": mark("must be text between quotation marks"),
    "not-a-number": mark("must be a number"),
    "not-a-whole-number": mark("must be a whole number"),
    "not-true-or-false": mark("must be true or false"),
    "not-a-list": mark("must be a list between square brackets"),
    "not-a-table": mark("must be a part of its own, with keys and values"),
    "not-an-id": mark("must be lower-case letters, digits and hyphens, such as {meant}"),
    "not-one-of": mark("{name} is not possible here; choose from {possible}"),
    "not-one-of-meant": mark("{name} is not possible here; did you mean {meant}? Choose from {possible}"),
    "not-possible": mark("cannot be used here"),
    # --- files and exercises: the parts side by side
    "no-inject": mark("there is no inject to show: at least one that is not a reserve"),
    "twice": mark("{name} is there already: every id stands once"),
    "named-as-pool": mark("{name} is the name of a pool: choose another id"),
    "same-label": mark("{name} is also what {other} is called: nobody can tell them apart"),
    "no-key-official": mark("nobody is a key official: leave key = false out for at least one"),
    "unknown-receiver": mark("{name} is neither an official nor a pool"),
    "unknown-receiver-meant": mark("{name} is neither an official nor a pool; did you mean {meant}?"),
    "unknown-objective": mark("{name} is not an objective"),
    "unknown-objective-meant": mark("{name} is not an objective; did you mean {meant}?"),
    "unknown-choice": mark("{name} is not a choice that stands above this inject; write it as inject.choice"),
    "unknown-choice-meant": mark("{name} is not a choice that stands above this inject; did you mean {meant}?"),
    "choice-stands-below": mark("{name} is chosen further on: an inject can only follow a choice that stands above it"),
    "unknown-storyline-inject": mark("{name} is not an inject of the storyline"),
    "unknown-storyline-inject-meant": mark("{name} is not an inject of the storyline; did you mean {meant}?"),
    "only-a-reserve": mark("only a reserve is offered with another inject: add reserve = true"),
    "unless-without-inject": mark("says what the reserve waits for, but not with which inject: add offered_with"),
    "unknown-action": mark("{name} is not first-question, decision, choice or an objective"),
    "unknown-action-meant": mark(
        "{name} is not first-question, decision, choice or an objective; did you mean {meant}?"
    ),
    "no-such-question": mark("there is no question {round}: there are {count}"),
    "due-without-minute": mark("due at a minute, but there is no minute"),
    "minute-backwards": mark("comes before minute {minute} of {step}, which stands above it"),
    "minute-after-end": mark("the exercise ends at minute {minutes}"),
    "debrief-too-long": mark("the debrief does not fit in the {minutes} minutes of the exercise"),
    "headline-too-long": mark("is {width} characters wide: at most {most}"),
    "one-choice": mark("a dilemma needs at least two choices"),
    "call-out-missing": mark("a call-out needs its own part: [call_out], with a script and at least one card"),
    "call-out-at-table": mark('belongs to a call-out only: add mode = "call-out" at the top, or leave this part out'),
    "call-out-minutes": mark("must be {minutes}: the minutes of the call-out and of its debrief together"),
    "script-without-card": mark("has no {mark}: that is where the task card is read aloud"),
    "translates-itself": mark("an exercise cannot be the translation of itself"),
    # --- files and exercises: advice on an exercise that can be led as it is
    "hint-many-officials": mark(
        "{count} key officials: with more than {most} nobody gets round to talking; add key = false to those you can "
        "play yourself"
    ),
    "hint-many-injects": mark(
        "{count} injects: more than {most} become a rush; make some a reserve, or leave them out"
    ),
    "hint-objective-untouched": mark("no inject practises {name}: name it in an inject's objectives, or leave it out"),
    "hint-no-objectives": mark("practises no objective: add objectives = [...] with the ids of those it is for"),
    "hint-no-feedback": mark('the group is never stopped to think: add a step with type = "feedback" and questions'),
    "hint-no-first-question": mark(
        "no feedback point asks whether government should do anything here at all: give one a question with "
        'about = "first-question"'
    ),
    "hint-no-effect": mark(
        'no feedback point asks what residents will notice of all this: give one a question with about = "effect"'
    ),
    "hint-no-late-feedback": mark(
        "no feedback point in the last half: add one after minute {minute}, while there is still something to change"
    ),
    "hint-long-text": mark(
        "takes {count} pages on the participants' screen: shorten it to {lines} lines of {width} characters"
    ),
    "hint-dead-branch": mark(
        "whoever chooses {name} gets no inject any more: add it to the only_after of one, or add one without only_after"
    ),
    "hint-no-choice-to-wait-for": mark(
        "waits for a choice, and from {name} on there is none to make: leave choice out, or offer it with an earlier "
        "inject"
    ),
    "hint-idle-official": mark(
        "nothing is asked of {name} from minute {since} to {until}, more than half the exercise: name {name} or the "
        "pool {pool} in the to of an inject between, or add key = false"
    ),
    "hint-minute-too-early": mark(
        "with {people} at the table what stands above takes until minute {minute}: plan this step then, or shorten "
        "something above"
    ),
    "hint-too-long": mark(
        "with {people} at the table the storyline takes until minute {minute}, and the debrief begins at {debrief}: "
        "drop a step, shorten budgets, or make it {needed} minutes"
    ),
    # --- the command line
    "no-such-official": mark("{name} is no key official of this exercise: choose from {possible}, or all."),
    # --- scripts in and out: what could not be done
    "script-locked": mark("{file} is locked with a password: open it, take the password off and save it again."),
    "script-old-excel": mark("{file} is a workbook of an Excel from before 2007: save it as .xlsx."),
    "script-other-program": mark("{file} is a workbook of another program: save it as .xlsx or .csv."),
    "script-no-excel": mark("{file} is no Excel workbook: save the script as .xlsx or .csv."),
    "script-damaged": mark("{file} is damaged, or no Excel workbook: open it in Excel and save it again."),
    "script-too-large": mark("{file} is too large for a script: at most {most} MiB."),
    "script-unpacks-too-large": mark("{file} unpacks to more than {most} MiB, which is no script."),
    "script-too-many-rows": mark(
        "{file} has more than {most} rows, which is no script: keep the rows of the storyline."
    ),
    "script-not-text": mark("{file} is neither an Excel workbook nor readable text: save the script as .xlsx or .csv."),
    "script-is-folder": mark("{file} is a folder, not a script."),
    "script-json": mark("{file}:{line}: this is no valid JSON."),
    "script-json-unknown": mark("{file} holds no injects: of JSON only a scenario of IcebergTTX can be read."),
    "script-newer": mark("{file} was made by a newer version of tabletop; use that one to import it."),
    "script-cell-too-long": mark(
        "{file} was not written: a text has more than the {most} characters that Excel keeps; export to .csv."
    ),
    "script-exists": mark("{file} is there already; choose another name with -o, or add --overwrite."),
    "import-nothing": mark("{file}: there is nothing in it that can be shown as an inject."),
    "import-too-large": mark("{file} makes an exercise of more than {most} KiB: split it."),
    "import-no-such-sheet": mark("{file} has no sheet called {name}: choose from {possible}."),
    "import-no-text-column": mark(
        '{file}: no column with the texts was found; say which it is, as in --map "Column=text". Columns: {columns}.'
    ),
    "import-no-such-column": mark("{file} has no column {name}: choose from {possible}."),
    "import-map": mark('--map {said}: write it as "Column=text".'),
    "import-no-such-meaning": mark("{said} is nothing that a column can hold: choose from {possible}."),
    "export-kind": mark("{file}: an export is a file that ends in .xlsx, .csv or .tsv."),
    "export-beyond-names": mark(
        "{file} holds no names that were entered and no learning points; read it before you give it away."
    ),
    # --- scripts in and out: what became of a row
    "import-headings-again": mark("the headings once more"),
    "import-no-text": mark("there is no text in it"),
    "import-for-staff": mark("“{kind}” is for the staff of the exercise, not for the table"),
    "import-as-expected": mark("as what is expected of the inject before it"),
    "import-title-as-text": mark("there is no text: the title is shown"),
    "import-time-unknown": mark("the time “{said}” was not understood, and left out"),
    "import-channel-unknown": mark("the channel “{said}” is none of ours: shown as a telephone call"),
    "import-channel-near": mark("the channel “{said}” is shown as the nearest: {channel}"),
    "import-one-choice": mark("only one way out, “{said}”: a dilemma needs two, so it was left out"),
    "import-moved": mark("moved to its minute: it stood below what comes later"),
    "import-together": mark("one inject with row {row}"),
    "import-without": mark("without {key} “{said}”: {why}"),
    "import-left-because": mark("{key}: {why}"),
    "import-kind-unknown": mark("“{kind}” is no part of an exercise"),
    "import-not-of-this": mark("without {key}: it says nothing about “{kind}”"),
    "import-improvised": mark("it was improvised in the run; empty its cell “What became of it” to take it"),
    "import-same-id": mark("{name} is there already: it got an id of its own"),
    "import-leads-back": mark("it leads back to “{name}”, which stands above it: that way was left out"),
    "import-minute-back": mark("without minute {minute}: what leads to it comes later"),
    # --- scripts in and out: what was assumed of the whole
    "import-language-guessed": mark("The language of the exercise: {language}, by its texts (--lang says otherwise)."),
    "import-minutes-guessed": mark(
        "The exercise takes {minutes} minutes, with its debrief (--minutes says otherwise)."
    ),
    "import-drawn-together": mark(
        "Planned minutes were drawn together to fit {minutes} minutes; as written it takes {needed}."
    ),
    "import-too-long-to-plan": mark(
        "The times span {days} days: they are story time, and no minutes were planned (--minutes spreads them)."
    ),
    "import-pool-guessed": mark("Official “{name}”: pool {pool}, by the name."),
    "import-pool-unknown": mark("Official “{name}”: pool {pool}, for want of a better guess."),
    "import-taken-for": mark("“{name}” was taken for {function}."),
    "import-no-officials": mark("Nobody is addressed: the whole table is one official."),
    "import-no-channel": mark("No channel is named: every inject is shown as a telephone call."),
    "import-shorter-debrief": mark("The debrief was made shorter, to fit."),
    "import-sheet-not-ours": mark("Sheet “{sheet}” has no column for the part: left out."),
    # --- why the system refused, in the middle of a sentence
    "reason-missing": mark("there is no such file or folder"),
    "reason-not-allowed": mark("there is no permission for that"),
    "reason-full": mark("the disk is full"),
    "reason-read-only": mark("that disk may only be read"),
    "reason-too-large": mark("the file grows too large for that disk"),
    "reason-long-name": mark("the name is too long"),
    "reason-disk": mark("the disk reports an error"),
    "reason-no-folder": mark("part of the path is a file and not a folder"),
    "reason-folder": mark("it is a folder"),
    "reason-many-files": mark("too many files are open"),
    "reason-busy": mark("another program is using it"),
    "reason-ring": mark("the links go round in a ring"),
    "reason-network": mark("the network does not answer"),
    "reason-gone": mark("the disk or network drive is no longer there"),
    "reason-no-memory": mark("the computer has no memory left"),
    "reason-impossible": mark("that is not possible on this disk"),
    "reason-unusable": mark("that name cannot be used"),
    "reason-error": mark("error {number}"),
    # --- logs
    "log-missing": mark("{file} is not there."),
    "log-is-folder": mark("{file} is a folder, not the log of an exercise."),
    "log-is-no-log": mark("{file} is not a log of tabletop."),
    "log-newer": mark("{file} was made by a newer version of tabletop; use that one to open it."),
    "log-unreadable": mark("{file} cannot be read: {reason}."),
    "log-unreadable-not-allowed": mark("{file} may not be read: ask whoever owns it for permission."),
    "log-line-ends": mark("{file} was saved by another program with other line ends; use the original."),
    "log-too-large": mark("{file} is too large for a log: at most {most} MiB."),
    "log-without-start": mark("{file} stops before the exercise began: there is nothing in it."),
    "log-damaged": mark("{file}:{line}: this line is damaged; nothing was changed."),
    "log-not-utf8": mark("{file}:{line}: this line is damaged: it is not UTF-8 text. Nothing was changed."),
    "log-unknown": mark("{file}:{line}: this version does not know what stands here; a newer one may."),
    "log-head-damaged": mark("{file}: {where} — this part at the top of the log is damaged; nothing was changed."),
    "log-head-unknown": mark("{file}: {where} — this version does not know this part; a newer one may."),
    "log-in-use": mark("{file} is being led by somebody else right now, or in another window."),
    "log-not-writable": mark("{file} cannot be written: {reason}."),
    "log-not-writable-full": mark("{file} cannot be written: the disk is full."),
    "log-not-writable-not-allowed": mark("{file} cannot be written: you may only read there. Choose another folder."),
    "log-exists": mark("{file} is there already, and is never overwritten; choose another name."),
    "copy-not-written": mark("The copy {file} could not be written: {reason}."),
    "copy-not-written-full": mark("The copy {file} could not be written: the disk is full."),
    "copy-not-written-not-allowed": mark("The copy {file} may not be written there: choose another place with -o."),
    "copy-not-written-differs": mark("The copy {file} could not be written: the disk gave back something else."),
    "log-torn": mark("The end of {file} was torn, by a power cut perhaps; that piece is kept in {saved}."),
    "log-nothing-to-share": mark("Everything in {file} is private: there is nothing to share."),
    "log-moved": mark("Not saved: {file} was moved, deleted or replaced. Save the log elsewhere to go on."),
    "log-changed": mark("Not saved: another program changed {file}. Save the log elsewhere to go on."),
    "not-saved": mark("Not saved: {reason}. What was saved before is safe; try again, or save the log elsewhere."),
    "not-saved-full": mark("Not saved: the disk is full. Make room and try again, or save the log elsewhere."),
    "not-saved-not-allowed": mark("Not saved: {file} may no longer be written. Save the log elsewhere."),
    "not-saved-differs": mark("Not saved: the disk gave back something else. Save the log on another disk."),
    # --- summary
    "summary-not-written": mark("The summary {path} could not be written: {reason}. The log is safe."),
    "summary-not-written-full": mark("The summary {path} could not be written: the disk is full. The log is safe."),
    "summary-not-written-not-allowed": mark("The summary {path} may not be written there. The log is safe."),
    # --- moves: what the leader cannot do now, and why
    "run-ended": mark("This run has ended."),
    "only-by-word": mark("Space does nothing here; type the word."),
    "unknown-inject": mark("There is no inject {inject}."),
    "reason-needed": mark("A feedback point is skipped with a reason: type one line."),
    "no-inject-left": mark("There is no inject left."),
    "no-feedback-due": mark("No feedback point is due now."),
    "text-needed": mark("Type a text first."),
    "no-dilemma": mark("There is nothing to choose on the screen now."),
    "objective-already-reached": mark("That objective was reached already."),
    "rebuttal-now": mark("Somebody has the word for a rebuttal already: Space goes on to the fingers."),
    "already-paused": mark("The exercise stands still already."),
    "not-paused": mark("The exercise does not stand still."),
    "already-at-agreement": mark("You are at the agreed line already."),
    "nothing-to-step-back-in": mark("One step back works within a feedback point or the debrief."),
    "at-the-first-step": mark("This is the first step."),
    "no-inject-on-screen": mark("No inject is on the screen now."),
    "not-in-a-round": mark("There is no round now."),
    "by-telephone": mark("This goes by telephone, without a screen: say it aloud."),
    "no-call-out": mark("This exercise is no call-out."),
    "call-first": mark("First say what came of the call."),
    "whom-to-call": mark("First choose whom you call."),
    "takes-part-already": mark("{official} takes part already."),
    "does-not-take-part": mark("{official} does not take part."),
    "unknown-call": mark("That call is not in the log."),
    "not-at-the-table": mark("{official} is not at the table."),
    "nothing-agreed": mark("Nothing was agreed yet."),
    "fingers-are-digits": mark("Type one digit from 0 to 5 for each person, such as 443210."),
    "nothing-on-screen": mark("Nothing lies over the message on the participants' screen."),
    "unknown-decision": mark("There is no decision {decision}."),
    "dossier-form-empty": mark("{file}: the form still has the title that it came with: fill it in first."),
    "dossier-run-there": mark("{file}: this run stands in {other} already; it is not taken in once more."),
    "dossier-twice": mark("{file}: holds a run that stands in {other} as well; that one is counted."),
    "dossier-decisions-damaged": mark(
        "{file}: cannot be read as the decisions of a dossier; mend it there, nothing is written over it."
    ),
    "dossier-decision-cut-off": mark("{file}: the last decision in it was cut off, and does not count."),
    "dossier-decision-newer": mark("{file}: decision {n} is of a newer version of tabletop, and does not count here."),
    "unknown-event": mark("There is nothing with number {n} in this run that this can be about."),
    "stays-private": mark("What somebody keeps to themselves stays private; only they can tell it."),
    "same-point": mark("A learning point cannot go on in itself; name another one."),
    "time-too-far": mark("A corrected time lies within two days of the run."),
    "report-extension": mark("{file}: a report ends in one of {possible}."),
    "unknown-reader": mark("{name} is nobody that a report is for: choose from {possible}."),
    "no-reviewer": mark("Say who you are first: what is added to a run carries the name of whoever added it."),
    "unknown-point": mark("There is no learning point {point}."),
    "nothing-changed": mark("Nothing changed."),
    "unknown-official": mark("There is no official {official} in this exercise."),
    "not-the-same-pool": mark("{official} and {other} are not of one pool, or are specialists: they do not swap."),
    "already-in-debrief": mark("The debrief is going on."),
    "not-in-debrief": mark("That belongs to the debrief."),
    "no-thanks-approved": mark("Approve a thank-you first: Enter on a name."),
    "nothing-to-undo": mark("There is nothing to undo."),
    "paused-now": mark("The exercise stands still: Space goes on first."),
    "in-feedback": mark("Close the feedback point first."),
    "not-in-feedback": mark("There is no feedback point now."),
}


@runtime_checkable
class Coded(Protocol):
    """What has a sentence here, such as ``files.trouble.Trouble``."""

    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, object]: ...


class Pointed(Protocol):
    """A mistake that points into a file, as ``files.mistakes`` makes them."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def where(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, object]: ...


def say(words: Words, code: str, values: Mapping[str, object]) -> str:
    """Return the sentence for a code, in the language of these words. A value may have a code of its own: why, say."""
    return words.t(SENTENCES[code], **{name: _said(words, value) for name, value in values.items()})


def _said(words: Words, value: object) -> object:
    if isinstance(value, Coded):
        return say(words, value.code, value.values)
    if isinstance(value, float):
        return words.number(value, 0 if value == round(value) else 1)
    return value


def pointed(words: Words, mistake: Pointed) -> str:
    """Return a mistake as ``file:line: where — what``; what concerns no single key has no where.

    Advice is called a hint, so that nobody takes it for a mistake.
    """
    what = say(words, mistake.code, mistake.values)
    if mistake.code.startswith("hint-"):
        what = words.t("hint: {what}", what=what)
    where = f"{mistake.where} — " if mistake.where else ""
    return f"{mistake.file}:{mistake.line}: {where}{what}"
