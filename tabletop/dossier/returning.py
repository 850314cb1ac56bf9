"""What a group takes up again: shown before its next run."""

from datetime import date

from tabletop.dossier.answers import LastTime
from tabletop.dossier.asking import Asking


def groups(asking: Asking) -> tuple[str, ...]:
    """One's own groups, whoever was there last first."""
    found = asking.db.execute(
        "SELECT team FROM runs WHERE is_counted AND incident = '' AND origin = '' AND team <> '' "
        "GROUP BY team ORDER BY max(day || run) DESC"
    )
    called: dict[str, str] = {}
    for (team,) in found:
        called.setdefault(team.casefold(), team)
    return tuple(called.values())


def last_time(asking: Asking, group: str, today: date) -> LastTime:
    """What stood open after the last run of this group, what it agreed to do, and what anybody wants to take along.

    The last run is the last one that taught anything: one that was begun and left, or begun just now, hides none.
    """
    wanted = group.strip().casefold()
    known = asking.db.execute("SELECT DISTINCT team FROM runs WHERE is_counted AND origin = '' AND team <> ''")
    teams = [team for (team,) in known if wanted and team.casefold() == wanted]
    where = f"AND r.origin = '' AND r.incident = '' AND r.team IN ({', '.join('?' * len(teams))}) AND r.day <= ?"
    values = (*teams, today.isoformat())
    runs = asking.runs(where, values)
    along = asking.recurring(points=[key for key, goes in asking.decided.along.items() if goes])
    if not runs:
        return LastTime(None, (), along, ())
    last = next((run for run in runs if run.points), runs[0])
    actions = asking.actions(open_only=False, where=where, values=values)
    closed = {action.point for action in actions if action.closed is not None}
    taken = {point.key for one in along for point in one.points}
    points = tuple(
        point
        for point in asking.points_of(last.id)
        if (point.turn == "change" or point.kind in ("question", "proposal")) and point.key not in closed | taken
    )
    return LastTime(last, points, along, tuple(action for action in actions if action.closed is None))
