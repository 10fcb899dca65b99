"""Files that visitors send: what is taken, and what is refused before it can do harm."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coproduction.dashboard import uploads
from coproduction.dashboard.findings import read_findings
from coproduction.dashboard.own_policy import own_policy
from coproduction.dashboard.policies import Policies
from coproduction.dashboard.result_stores import ResultStores
from coproduction.dashboard.uploads import Incoming, UploadError, unpacked
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.simulation.errors import CoproductionError, DesignError

STORE = Path(__file__).parents[2] / "docs" / "columbus_sweep-store"
Send = Callable[..., Incoming]


@pytest.fixture
def send() -> Iterator[Send]:
    """Return a function that sends bytes as a browser does, in pieces."""
    came = []

    def send(content: bytes, name: str = "mine.zip") -> Incoming:
        incoming = Incoming(name, len(content))
        came.append(incoming)
        for at in range(0, len(content), 1000):
            last = incoming.add(content[at : at + 1000])
        assert last
        return incoming

    yield send
    for incoming in came:
        incoming.close()


@pytest.fixture(scope="module")
def packaged() -> Policies:
    return Policies()


def files_of_the_store() -> dict[str, bytes]:
    return {
        file.relative_to(STORE).as_posix(): file.read_bytes()
        for file in STORE.rglob("*")
        if file.is_file() and file.parent.name not in {"locks", "cases"}
    }


def zipped(files: dict[str, bytes], top: str = "") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    return whole.getvalue()


@pytest.mark.parametrize("top", ["", "columbus_sweep-store/"])
def test_a_zip_of_a_store_says_what_the_store_says_and_leaves_nothing_behind(send: Send, top: str) -> None:
    incoming = send(zipped(files_of_the_store() | {"notes.txt": b"mine"}, top))
    folder = unpacked(incoming)
    assert read_findings(folder).apart == ResultStores([STORE]).read("columbus_sweep-store").apart
    assert not (folder / "notes.txt").exists(), "what is no part of a store stays in the zip"
    incoming.close()
    assert not incoming.folder.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(
        UploadError, match=r"huge\.zip: must be at most 50\.0 MB; got 3,000\.0 MB\. It was not read"
    ):
        Incoming("huge.zip", 3_000_000_000)
    liar = Incoming("small.zip", 10)
    with pytest.raises(UploadError, match=r"small\.zip"):
        liar.add(b"x" * 11)
    assert not liar.folder.exists()


def test_a_name_with_a_path_is_a_name_only() -> None:
    incoming = Incoming("..\\..\\/etc/passwd", 4)
    assert incoming.name == "passwd"
    incoming.close()


@pytest.mark.parametrize("name", ["../../outside.txt", "/etc/outside", "runs/../../x.parquet", "C:\\x"])
def test_names_that_lead_outside_are_refused(send: Send, name: str) -> None:
    with pytest.raises(UploadError, match="must name files inside it only"):
        unpacked(send(zipped(files_of_the_store() | {name: b"x"})))


def test_a_zip_bomb_is_given_up(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 3_000_000)
    bomb = send(zipped({"manifest.json": b"{}", "runs/a.parquet": bytes(40_000_000)}))
    assert bomb.size < 100_000
    with pytest.raises(UploadError, match=r"must hold at most 3\.0 MB when it is unpacked"):
        unpacked(bomb)
    assert sum(file.stat().st_size for file in bomb.folder.rglob("*.parquet")) <= 3_000_000


def test_too_many_files_are_refused(send: Send) -> None:
    with pytest.raises(UploadError, match=r"must hold at most 2,000 files; it holds 2,001"):
        unpacked(send(zipped({f"runs/{n}.parquet": b"" for n in range(2001)})))


def test_a_table_that_is_small_on_disk_and_large_in_memory_is_refused(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_VALUES", 400_000)  # the store's own outcomes are 373,000
    table = io.BytesIO()
    pq.write_table(
        pa.table({"run": pa.array([0.0]).take(pa.array([0] * 500_000))}), table, compression="zstd"
    )
    assert len(table.getvalue()) < 10_000
    with pytest.raises(UploadError, match=r"runs/bomb\.parquet: must hold at most 400,000 values"):
        unpacked(send(zipped(files_of_the_store() | {"runs/bomb.parquet": table.getvalue()})))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip at all", r"mine\.zip: must be a zip of a store"),
        (zipped({"holiday.jpg": b"x"}), r"must hold the files of a store .*; manifest\.json is missing"),
        (zipped({}), r"manifest\.json is missing"),
        (zipped(files_of_the_store())[:-2000], "must be a zip of a store"),
    ],
)
def test_something_else_is_told_from_a_store(send: Send, content: bytes, said: str) -> None:
    with pytest.raises(UploadError, match=said):
        unpacked(send(content))


def test_a_table_that_is_cut_short_is_named(send: Send) -> None:
    files = files_of_the_store()
    name = next(name for name in files if name.startswith("outcomes/"))
    with pytest.raises(StoreError, match=r"outcomes/part-\w+\.parquet: cannot be read as Parquet"):
        unpacked(send(zipped(files | {name: files[name][:5000]})))


def test_a_record_cannot_make_the_server_read_another_file(send: Send) -> None:
    files = files_of_the_store()
    record = json.loads(files["sweeps/columbus.json"])
    record["asks"]["policies"]["contract"]["scenario"]["city"] = "/etc/passwd"
    with pytest.raises(
        UploadError, match=r"city must be one that this server has \(columbus\); got '/etc/passwd'"
    ):
        unpacked(send(zipped(files | {"sweeps/columbus.json": json.dumps(record).encode()})))


@pytest.mark.parametrize(
    "spoilt",
    [{"asks": {"policies": {}}}, {"asks": 3}, {"names": ["no.such"]}, {"asks": {}}, "no object"],
)
def test_a_record_of_something_else_is_a_sentence(send: Send, spoilt: object) -> None:
    files = files_of_the_store()
    record = json.loads(files["sweeps/columbus.json"])
    record = record | spoilt if isinstance(spoilt, dict) else spoilt
    with pytest.raises(CoproductionError):
        read_findings(unpacked(send(zipped(files | {"sweeps/columbus.json": json.dumps(record).encode()}))))


def scenario(**keys: object) -> bytes:
    head = {"name": "mine", "city": "columbus", "residents": 2000, **keys}
    lines = [f"{key} = {json.dumps(value)}" for key, value in head.items()]
    return "\n".join(["[scenario]", *lines, "[policy]", "boards = 0.5", ""]).encode()


def test_a_scenario_is_taken_with_the_size_that_the_server_asks_for(send: Send) -> None:
    policies = Policies(residents=3000)
    found = own_policy(send(scenario(), "mine.toml"), policies)
    assert (found.name, found.residents, found.policy.boards) == ("mine", 3000, 0.5)
    joined = policies.joined_by(found)
    assert joined["mine"] is found
    assert joined.reference("mine") == "mine.toml"
    assert "mine" not in policies.names, "another visitor does not see it"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (scenario() + b"bords = 1\n", r"mine\.toml: \[policy\] .*bords"),
        (scenario() + b"budget = 1e9\n", r"mine\.toml: \[policy\] budget must be between .* got 1e\+09"),
        (scenario(city="/etc/passwd"), r"mine\.toml: \[scenario\] city must be one that this server has"),
        (scenario(city=3), "city must be one that this server has"),
        (scenario(name="contract"), "name must not be that of another policy here; got contract"),
        (scenario(residents=5_000_000), r"residents must be at most 50,000 on this server; got 5,000,000"),
        (scenario(measured_weeks=1000), r"must be at most 520 together on this server; got 1026"),
        (b"[scenario", r"mine\.toml: must be TOML"),
        (b"\xff\xfe", "must be UTF-8 text"),
        (b"a = " + b"[" * 50_000, r"mine\.toml: must be"),
    ],
)
def test_a_scenario_with_mistakes_is_refused_with_file_table_and_key(
    send: Send, content: bytes, said: str, packaged: Policies
) -> None:
    with pytest.raises(CoproductionError, match=said):
        own_policy(send(content, "mine.toml"), packaged)


def test_results_are_named_by_their_folders_and_read_once(tmp_path: Path) -> None:
    stores = ResultStores([STORE])
    assert stores.names == ("columbus_sweep-store",)
    assert stores.read("columbus_sweep-store") is stores.read("columbus_sweep-store")
    with pytest.raises(DesignError, match="must be the store of a sweep or the folder of a comparison"):
        ResultStores([tmp_path])
