"""Packages are opened from archives, folders and the cache; nothing is fetched or hidden."""

import json
from pathlib import Path

import pytest

from sharedcare.errors import FileTrouble, LimitReached, PackageFault
from sharedcare.fhir.packages import PackageId, Packages, cache, folder, read_packages
from sharedcare.places import Severity
from tests.fhir.packages.made import content, manifest, opened, packed, profile

ONE, TWO = PackageId("test.one", "1.0.0"), PackageId("test.two", "2.1.0")


def written(names: dict[str, bytes], root: Path) -> Path:
    """Write the files of a package below a folder."""
    for name, data in names.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def codes(refused: PackageFault) -> list[str]:
    return [fault.code for fault in refused.faults]


def test_an_archive_and_the_folder_that_it_packs_are_the_same_package(tmp_path: Path) -> None:
    names = content(profile(), title="Test")
    (tmp_path / "one.tgz").write_bytes(packed(names))
    root = written(names, tmp_path / "one")
    found = [read_packages([path]) for path in (tmp_path / "one.tgz", root, root / "package")]
    assert [one.ids for one in found] == [(ONE,)] * 3
    assert [[each.url for each in one.resources()] for one in found] == [
        ["https://example.org/fhir/test/a"]
    ] * 3


def test_only_what_stands_in_the_folder_of_the_package_itself_is_a_resource() -> None:
    names = content(profile()) | {
        "package/.index.json": b'{"files": "wrong"}',
        "package/example/Patient-a.json": b'{"resourceType": "Patient"}',
        "package/other/ig.json": b"no JSON",
        "package/page.html": b"<p>",
        "package/ig-r4.json": b'{"name": "no resource"}',
        "elsewhere/ValueSet-a.json": b'{"resourceType": "ValueSet"}',
    }
    (found,) = opened(names).resources()
    assert found.resource_type == "StructureDefinition"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ({}, "NOT_A_PACKAGE"),
        ({"package.json": b"{}"}, "NOT_A_PACKAGE"),
        ({"package/package.json": b"[]"}, "PACKAGE_JSON"),
        ({"package/package.json": b"{"}, "PACKAGE_JSON"),
        ({"package/package.json": b"{}"}, "PACKAGE_JSON"),
        ({"package/package.json": b'{"name": "a", "version": 1}'}, "PACKAGE_JSON"),
        ({"package/package.json": b'{"name": "../a", "version": "1"}'}, "PACKAGE_JSON"),
        ({"package/package.json": b'{"name": "a", "name": "b", "version": "1"}'}, "PACKAGE_JSON"),
        (content(dependencies={"b": 1}), "PACKAGE_JSON"),
        (content() | {"package/a.json": b"{"}, "PACKAGE_JSON"),
        (content() | {"package/a.json": b"\xff"}, "PACKAGE_JSON"),
        (content() | {"package/a.json": b"[1]"}, "PACKAGE_JSON"),
        (content() | {"package/a.json": b""}, "PACKAGE_JSON"),
        (content() | {"package/a.json": b"[" * 100_000}, "PACKAGE_JSON"),
    ],
)
def test_what_is_no_package_is_refused(names: dict[str, bytes], code: str) -> None:
    with pytest.raises(PackageFault) as caught:
        opened(names)
    assert codes(caught.value) == [code]


def test_all_files_that_are_no_json_are_told_at_once_each_at_its_place(tmp_path: Path) -> None:
    names = content() | {"package/b.json": b'{\n "a": }', "package/a.json": b'{"a": 1,}'}
    (tmp_path / "one.tgz").write_bytes(packed(names))
    with pytest.raises(PackageFault) as caught:
        read_packages([tmp_path / "one.tgz"])
    told = [(fault.place.file.partition(".tgz/")[2], fault.place.line, fault.place.column)
            for fault in caught.value.faults]  # fmt: skip
    assert told == [("package/a.json", 1, 9), ("package/b.json", 2, 7)]


def test_a_file_that_begins_with_a_byte_order_mark_is_read() -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(profile()).encode()
    packages = opened(content() | {"package/a.json": marked})
    assert packages.structure("https://example.org/fhir/test/a") is not None


def test_a_key_that_stands_twice_is_told_when_its_resource_is_asked_for() -> None:
    text = json.dumps(profile()).replace('"type": "Patient"', '"type": "Patient", "type": "Group"')
    packages = opened(content() | {"package/a.json": text.encode()})
    with pytest.raises(PackageFault, match="same key") as caught:
        packages.structure("https://example.org/fhir/test/a")
    assert codes(caught.value) == ["PACKAGE_JSON"]


def test_a_dependency_that_is_not_given_is_said_and_stops_nothing() -> None:
    packages = opened(content(profile(), dependencies={"test.two": "2.1.0"}))
    (warning,) = packages.warnings
    assert (warning.code, warning.severity) == ("DEPENDENCY_MISSING", Severity.WARNING)
    assert "test.two#2.1.0" in warning.message
    assert packages.structure("https://example.org/fhir/test/a") is not None


def test_a_dependency_that_is_given_or_built_in_is_not_missed() -> None:
    needs = {"test.two": "2.1.0", "hl7.fhir.r4.core": "4.0.1"}
    packages = opened(content(dependencies=needs), content(name="test.two", version="2.1.0"))
    assert packages.warnings == ()


def test_dependencies_are_looked_for_in_the_cache_only_where_that_is_asked(tmp_path: Path) -> None:
    (tmp_path / "one.tgz").write_bytes(packed(content(dependencies={"test.two": "2.1.x"})))
    home = tmp_path / "cache"
    written(content(name="test.two", version="2.1.0"), home / "test.two#2.1.0")
    written(content(name="test.two", version="2.1.0-beta"), home / "test.two#2.1.0-beta")
    without = read_packages([tmp_path / "one.tgz"], cache=home)
    assert (without.ids, len(without.warnings)) == ((ONE,), 1)
    found = read_packages([tmp_path / "one.tgz"], cache=home, with_dependencies=True)
    assert (found.ids, found.warnings) == ((ONE, TWO), ())


def test_packages_that_depend_on_each_other_are_each_read_once(tmp_path: Path) -> None:
    first = content(dependencies={"test.two": "2.1.0"})
    second = content(name="test.two", version="2.1.0", dependencies={"test.one": "1.0.0"})
    written(first, tmp_path / "test.one#1.0.0")
    written(second, tmp_path / "test.two#2.1.0")
    packages = read_packages(["test.one#1.0.0"], cache=tmp_path, with_dependencies=True)
    assert packages.ids == (ONE, TWO)


def test_a_package_is_named_as_the_cache_names_it(tmp_path: Path) -> None:
    written(content(profile()), tmp_path / "test.one#1.0.0")
    assert read_packages(["test.one#1.0.0"], cache=tmp_path).ids == (ONE,)
    with pytest.raises(FileTrouble, match="PACKAGE_MISSING"):
        read_packages(["test.one#9.9.9"], cache=tmp_path)


def test_the_cache_is_the_one_in_the_home_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    written(content(), tmp_path / ".fhir" / "packages" / "test.one#1.0.0")
    assert read_packages(["test.one#1.0.0"]).ids == (ONE,)


def test_a_folder_of_the_cache_that_holds_another_package_is_refused(tmp_path: Path) -> None:
    written(content(version="1.0.1"), tmp_path / "test.one#1.0.0")
    with pytest.raises(PackageFault) as caught:
        read_packages(["test.one#1.0.0"], cache=tmp_path)
    assert codes(caught.value) == ["PACKAGE_OTHER"]


@pytest.mark.parametrize(
    ("versions", "latest"),
    [
        (["1.0.2", "1.0.10"], "1.0.10"),
        (["1.0.1-beta", "1.0.1"], "1.0.1"),
        (["1.0.0-a", "1.0.0-b"], "1.0.0-b"),
        (["1.1.0", "1.10.0"], None),
    ],
)
def test_the_latest_version_is_told_by_its_numbers(
    versions: list[str], latest: str | None, tmp_path: Path
) -> None:
    for version in versions:
        written(content(version=version), tmp_path / f"test.one#{version}")
    found = cache.cached_folder(PackageId("test.one", "1.0.x"), tmp_path)
    assert (found and found.name) == (latest and f"test.one#{latest}")


def test_a_package_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.tgz").write_bytes(packed(content()))
    with pytest.raises(PackageFault) as caught:
        read_packages([tmp_path / "one.tgz"] * 2)
    assert codes(caught.value) == ["PACKAGE_TWICE"]


def test_a_package_of_another_version_of_fhir_is_said_to_be_one() -> None:
    (warning,) = opened(content(fhirVersions=["5.0.0"])).warnings
    assert (warning.code, "5.0.0" in warning.message) == ("OTHER_FHIR", True)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    root = written(content(), tmp_path / "one")
    (tmp_path / "secret.json").write_text('{"resourceType": "ValueSet"}')
    (root / "package" / "a.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(FileTrouble):
        read_packages([root])


def test_a_folder_with_too_much_in_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(content(profile(), profile(name="b")), tmp_path / "one")
    monkeypatch.setattr(folder, "MAX_MEMBERS", 2)
    with pytest.raises(LimitReached, match="TOO_MANY_FILES"):
        read_packages([root])
    monkeypatch.setattr(folder, "MAX_MEMBERS", 10)
    monkeypatch.setattr(folder, "MAX_PACKAGE_BYTES", 500)
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        read_packages([root])


def test_a_folder_that_is_empty_or_not_there_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(PackageFault):
        read_packages([tmp_path])
    with pytest.raises(FileTrouble):
        read_packages([tmp_path / "none"])


@pytest.mark.parametrize("name", ["x" * 5_000, f"{'x' * 5_000}#1.0.0"])
def test_a_name_longer_than_names_may_be_is_file_trouble(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        read_packages([name], cache=tmp_path)


def test_without_packages_there_is_still_hl7s_own() -> None:
    packages = Packages()
    assert (packages.ids, list(packages.resources())) == ((), [])
    patient = packages.structure("http://hl7.org/fhir/StructureDefinition/Patient")
    assert patient is not None
    assert patient.derivation == "specialization"
    assert manifest()["name"] == ONE.name
