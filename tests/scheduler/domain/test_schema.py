import json

from scheduler.domain.schema import json_schema


def test_the_schemas_say_what_each_field_means() -> None:
    document, timetable, session = json_schema("document"), json_schema("timetable"), json_schema("session")

    assert json.loads(json.dumps(document)) == document
    assert [schema["title"] for schema in (document, timetable, session)] == ["Document", "Timetable", "SessionPlan"]
    assert (
        document["$defs"]["Course"]["properties"]["deadline"]["description"]
        == "By when a self-paced course is to be done."
    )
    for told in (document, timetable, session):
        assert [name for name, part in told["$defs"].items() if not part.get("description")] == []
    assert document["additionalProperties"] is False
