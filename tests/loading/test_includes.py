"""A profile over several files: what is included, what is not, and how it becomes one."""

from pathlib import Path

import pytest

from sharedcare.errors import LimitReached
from sharedcare.loading import Checked, check_profile, check_profile_text, load_landscape

META = "meta: {as_of: 2026-11-01}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for profiles, with a file beside it that none of them may read."""
    (tmp_path / "secret.yaml").write_text("systems: {taken: {name: Secret}}\n")
    inside = tmp_path / "profiles"
    inside.mkdir()
    monkeypatch.chdir(inside)
    return inside


def write(**files: str) -> None:
    """Write files into the folder; ``__`` in a name stands for ``/``."""
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def told(checked: Checked) -> list[str]:
    """The faults of a profile as place and code."""
    return [f"{fault.place} {fault.code}" for fault in checked.faults]


def refused(main: str) -> list[str]:
    """The faults of a profile of this text, read from main.yaml."""
    write(main=META + main)
    return told(check_profile("main.yaml"))


def test_entries_of_all_files_make_one_landscape_the_first_file_s_first() -> None:
    write(
        main=META + "includes: [a.yaml, sub/b.yaml]\nsystems: {hub: {name: Hub}}\n",
        a="includes: sub/c.yaml\nsystems: {gp: {name: GP}}\n",
        sub__b="systems: {epr: {name: EPR}}\n",
        sub__c="organisations: {ward: {name: Ward}}\nsystems: {lab: {name: Lab}}\n",
    )
    checked = check_profile("main.yaml")
    assert checked.faults == ()
    assert checked.files == ("main.yaml", "a.yaml", "sub/c.yaml", "sub/b.yaml")
    landscape = checked.or_refuse()
    assert list(landscape.systems) == ["hub", "gp", "lab", "epr"]
    assert list(landscape.organisations) == ["ward"]


def test_an_included_file_names_others_from_its_own_folder() -> None:
    write(
        main=META + "includes: [sub/a.yaml]\n",
        sub__a="includes: [b.yaml, ../c.yaml]\n",
        sub__b="systems: {b: {}}\n",
        c="systems: {c: {}}\n",
    )
    assert list(load_landscape("main.yaml").systems) == ["b", "c"]


def test_the_meta_may_stand_in_an_included_file_and_one_name_needs_no_list() -> None:
    write(main="includes: meta.yaml\n", meta=META)
    assert load_landscape("main.yaml").as_of.year == 2026


def test_a_file_that_two_files_include_is_read_once() -> None:
    write(
        main=META + "includes: [a.yaml, b.yaml, ./b.yaml]\n",
        a="includes: [both.yaml]\n",
        b="includes: [both.yaml]\n",
        both="systems: {hub: {}}\n",
    )
    checked = check_profile("main.yaml")
    assert checked.files == ("main.yaml", "a.yaml", "both.yaml", "b.yaml")
    assert checked.landscape is not None


def test_defaults_of_two_files_are_put_together_value_by_value() -> None:
    write(
        main=META + "includes: [a.yaml]\ndefaults: {systems: {kind: epr}}\nsystems: {hub: {}}\n",
        a="defaults: {systems: {supplier: Acme}, flows: {mode: push}}\nbundles: {m: [goals]}\n",
    )
    hub = load_landscape("main.yaml").systems["hub"]
    assert (hub.kind, hub.supplier) == ("epr", "Acme")


def test_what_two_files_say_is_a_fault_that_names_both_places() -> None:
    write(
        main=META + "includes: [a.yaml]\nsystems:\n  hub: {name: Hub}\n"
        "defaults: {systems: {kind: epr}}\nbundles: {meds: [medications]}\n",
        a="systems:\n  hub: {name: Hub}\ndefaults: {systems: {kind: portal}}\n"
        "bundles: {meds: [allergies]}\nmeta: {as_of: 2026-11-01}\n",
    )
    checked = check_profile("main.yaml")
    assert told(checked) == [
        "a.yaml:2:3 DUPLICATE_ENTRY",
        "a.yaml:3:22 DUPLICATE_ENTRY",
        "a.yaml:4:11 DUPLICATE_ENTRY",
        "a.yaml:5:1 DUPLICATE_ENTRY",
    ]
    assert "this is said at main.yaml:4:3 already;" in checked.faults[0].message


def test_the_first_place_is_right_also_in_a_map_that_an_alias_repeats() -> None:
    write(
        main=META + "includes: [a.yaml]\nsystems: &s {}\npathways: *s\n",
        a="systems: {hub: {}}\npathways: {gp: {}, hub: {}}\nincludes: [b.yaml]\n",
        b="systems: {hub: {}}\n",
    )
    checked = check_profile("main.yaml")
    assert told(checked) == ["b.yaml:1:11 DUPLICATE_ENTRY"]
    assert "said at a.yaml:1:11 already" in checked.faults[0].message


def test_a_map_with_nothing_in_it_says_nothing_twice() -> None:
    write(
        main=META + "includes: [a.yaml]\nsystems:\nneeds: ~\n",
        a="systems: {hub: {}}\nneeds:\nflows:\n",
    )
    assert list(load_landscape("main.yaml").systems) == ["hub"]


def test_faults_of_all_files_are_told_at_once_each_in_its_file() -> None:
    write(
        main=META + "includes: [a.yaml, b.yaml]\nsystems: {hub: {name: Hub, name: Hub}}\n",
        a="systems: {gp: {availability: often}}\n",
        b="flows: {f: {from: hub, to: gq, mechanism: api, mode: push}}\n",
    )
    assert told(check_profile("main.yaml")) == [
        "a.yaml:1:30 BAD_QUANTITY",
        "b.yaml:1:28 UNKNOWN_ID",
        "main.yaml:3:28 DUPLICATE_KEY",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.yaml",
        "sub/../../secret.yaml",
        "link.yaml",
        "linked/secret.yaml",
        "/etc/passwd",
        "//server/share",
        "C:secret.yaml",
        "https://example.org/a.yaml",
        "..",
        "../gone.yaml",
        "gone/../../gone.yaml",
    ],
)
def test_nothing_outside_the_folder_is_included(name: str) -> None:
    Path("link.yaml").symlink_to("../secret.yaml")
    Path("linked").symlink_to("..")
    Path("sub").mkdir()
    assert refused(f"includes: ['{name}']\n") == ["main.yaml:2:12 INCLUDE_OUTSIDE"]


def test_a_link_that_stays_in_the_folder_is_followed() -> None:
    write(sub__real="systems: {hub: {}}\n")
    Path("link.yaml").symlink_to("sub/real.yaml")
    assert refused("includes: [link.yaml]\n") == []


def test_a_profile_that_is_itself_a_link_includes_from_where_the_link_is() -> None:
    write(elsewhere__main=META + "includes: [beside.yaml]\n", beside="systems: {hub: {}}\n")
    Path("main.yaml").symlink_to("elsewhere/main.yaml")
    assert list(load_landscape("main.yaml").systems) == ["hub"]


def test_what_is_not_there_or_no_file_is_a_fault_of_the_line_that_names_it() -> None:
    Path("sub").mkdir()
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("dangling.yaml").symlink_to("nowhere.yaml")
    names = ["gone.yaml", "sub", "loop.yaml", "dangling.yaml", ".", "main.yaml/x"]
    assert refused("includes:\n" + "".join(f"- {name}\n" for name in names)) == [
        "main.yaml:3:3 INCLUDE_MISSING",
        "main.yaml:4:3 INCLUDE_UNREADABLE",
        "main.yaml:5:3 INCLUDE_UNREADABLE",
        "main.yaml:6:3 INCLUDE_MISSING",
        "main.yaml:7:3 INCLUDE_UNREADABLE",
        "main.yaml:8:3 INCLUDE_MISSING",
    ]


def test_what_is_no_name_of_a_file_is_a_fault() -> None:
    assert refused("includes: {a.yaml: b}\n") == ["main.yaml:2:11 BAD_INCLUDE"]
    assert refused("includes: [[a.yaml], '', 'sub\\a.yaml', {a: b}, ]\n") == [
        "main.yaml:2:12 BAD_INCLUDE",
        "main.yaml:2:22 BAD_INCLUDE",
        "main.yaml:2:26 BAD_INCLUDE",
        "main.yaml:2:40 BAD_INCLUDE",
    ]
    assert refused("includes: ''\n") == ["main.yaml:2:11 BAD_INCLUDE"]
    assert refused("includes:\n") == []


def test_a_file_that_includes_itself_is_a_fault_where_the_circle_closes() -> None:
    write(a="includes: [sub/b.yaml]\n", sub__b="includes: [../main.yaml]\n")
    assert refused("includes: [a.yaml]\n") == ["sub/b.yaml:1:12 INCLUDE_CYCLE"]
    assert refused("includes: [./main.yaml]\n") == ["main.yaml:2:12 INCLUDE_CYCLE"]


def test_no_message_about_an_include_shows_its_name() -> None:
    for name in ("../Qz7.yaml", "/Qz7", "Qz7.yaml", "Qz\\7", "main.yaml/Qz7"):
        write(main=META + f"includes: ['{name}']\n")
        (fault,) = check_profile("main.yaml").faults
        assert "Qz" not in fault.message


def test_a_faulty_include_keeps_references_from_being_called_unknown() -> None:
    write(a="systems: {gp: {name: 'GP}}\n")
    main = "includes: [a.yaml]\nflows: {f: {from: gp, to: gp, mechanism: api, mode: push}}\n"
    assert refused(main) == ["a.yaml:1:22 SYNTAX"]


def test_two_hundred_lines_of_includes_are_read_and_no_more() -> None:
    for number in range(200):
        write(**{f"f{number}": f"systems: {{s{number}: {{}}}}\n"})
    lines = "".join(f"- f{number}.yaml\n" for number in range(200))
    write(main=META + "includes:\n" + lines)
    assert len(load_landscape("main.yaml").systems) == 200
    write(main=META + "includes:\n" + lines + "- f0.yaml\n")
    with pytest.raises(LimitReached, match=r"^main\.yaml:203:3: TOO_MANY_FILES: "):
        check_profile("main.yaml")


def test_splitting_a_profile_is_no_way_round_its_limits() -> None:
    write(
        main=META + "includes: [a.yaml, b.yaml]\n",
        a="# " + "x" * 4_000_000,
        b="# " + "x" * 4_000_000,
    )
    with pytest.raises(LimitReached, match=r"^b\.yaml: TOO_LARGE: "):
        check_profile("main.yaml")


def test_a_profile_that_is_no_file_includes_nothing() -> None:
    checked = check_profile_text(META + "includes: [main.yaml, b.yaml]\n", "pasted")
    assert told(checked) == [
        "pasted:2:12 INCLUDE_WITHOUT_FOLDER",
        "pasted:2:23 INCLUDE_WITHOUT_FOLDER",
    ]


def test_the_digest_is_of_names_and_bytes_wherever_the_folder_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(main=META + "includes: [a.yaml]\n", a="systems: {hub: {}}\n")
    here = check_profile("main.yaml").digest
    monkeypatch.chdir("..")
    there = check_profile("profiles/main.yaml")
    assert there.digest == here
    assert there.files == ("profiles/main.yaml", "a.yaml")
    Path("profiles/a.yaml").write_text("systems: {hub: {} }\n")
    assert check_profile("profiles/main.yaml").digest != here
