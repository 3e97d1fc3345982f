"""What schemathesis is told about the API besides its document: real ids, short waits, and one more check.

KIZUNA_IDS is a JSON object: for each variable part of a path and each id in a body, the ids of things that are there.
"""

import hashlib
import json
import os

import schemathesis

IDS = json.loads(os.environ.get("KIZUNA_IDS", "{}"))

# What a well-formed request is never answered with, and where the document cannot say all that is asked of a value.
MALFORMED = {"field_invalid", "unknown_field", "malformed_json", "malformed_request", "idempotency_key_invalid"}
MORE_THAN_A_SCHEMA_SAYS = ("/url", "/rates/")


def real(name, value):
    """In half of the cases an id that is there; always the same for the same value."""
    there = IDS.get(name, [])
    if not there or not isinstance(value, str) or len(value) not in (32, 36):
        return value
    number = hashlib.sha256(value.encode()).digest()[0]
    return there[number // 2 % len(there)] if number % 2 else value


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return {name: real(name, value) for name, value in (path_parameters or {}).items()}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Nobody waits here for long: an answer that is held is held for a second at most."""
    wait = str((case.query or {}).get("wait", ""))
    if wait.isascii() and wait.isdigit() and 1 < int(wait) <= 25:
        case.query["wait"] = 1


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict):
        return {name: real(name, value) for name, value in body.items()}
    return body


@schemathesis.check
def right_requests_are_not_called_malformed(context, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    problem = response.json()
    if problem["code"] in MALFORMED and not problem.get("pointer", "").startswith(MORE_THAN_A_SCHEMA_SAYS):
        raise AssertionError(f"A right request is called malformed: {problem['code']}: {problem['detail']}")
