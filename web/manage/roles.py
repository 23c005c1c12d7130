"""What somebody may do on the blog."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.accounts.actions import LastOwnerError, change_role
from web.accounts.queries import find_user
from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import fragment, page, redirect, redirect_all
from web.manage import rules, shown
from web.manage.forms import ROLES, RoleForm
from web.models.user import Role, User

LAST_OWNER = "This is the blog's only owner. Make somebody else an owner first."


def update(request: Request) -> Response:
    """Give somebody another role."""
    owner = current.require(request, rules.may_decide)
    person = find_user(current.session(request), request.path_params["id"])
    if person is None:
        raise NotFoundError
    form = RoleForm(current.form(request))
    problem = _problem(request, person, form)
    if person.id == owner.id and not problem:
        # What the rest of this page shows may not be theirs to see any more.
        return redirect_all(request, "/manage")
    return _answer(request, person, problem)


def _problem(request: Request, person: User, form: RoleForm) -> str:
    if not form.validate():
        return " ".join(form.role.errors)
    try:
        change_role(current.session(request), person, Role(form.role.data))
    except LastOwnerError:
        return LAST_OWNER
    return ""


def _answer(request: Request, person: User, problem: str) -> Response:
    listed = shown.User.of(person)
    said = problem or f"{person.display_name} is now {person.role_lookup_code}."
    context: dict[str, Any] = {"roles": ROLES, "may_decide": True, "problem": problem}
    status = 422 if problem else 200
    if current.is_htmx(request):
        return fragment(request, "manage/_person.html", status=status, person=listed, said=said, **context)
    if problem:
        return page(request, "manage/people.html", status=status, people=[listed], after=None, words="", **context)
    flashes.add(request, "success", said)
    return redirect("/manage/people")
