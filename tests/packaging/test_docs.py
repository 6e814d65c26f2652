"""The documentation names what is there: pages, their parts, settings and files."""

import re
from pathlib import Path

import pytest

from bot.settings import AccountSettings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return what a link can name after the # of its target, as GitHub makes it of headings."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"', prose(page))
    for link in (markdown or html for markdown, html in links):
        if not re.match(r"\w+:", link):
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_every_setting_is_explained_once() -> None:
    first_cells = re.findall(r"^\| (`[A-Z].*?) \|", prose(DOCS / "settings.md"), re.MULTILINE)
    explained = [name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)]
    assert sorted(explained) == sorted(name.upper() for name in AccountSettings.model_fields)


@pytest.mark.parametrize("package", ["bot", "palette"])
def test_the_map_names_files_that_exist(package: str) -> None:
    part = prose(DOCS / "architecture.md").partition(f"### In `{package}/`")[2].partition("###")[0]
    rows = re.findall(r"^\|.*?\|(.*)\|$", part, re.MULTILINE)
    assert len(rows) > 20
    for row in rows:
        folders = [ROOT / package]  # the one named last, too: a file may be named without it
        for name in re.findall(r"`([\w/.]+(?:/|\.(?:py|csv)))`", row):
            assert any((folder / name).exists() for folder in (*folders, ROOT)), name
            if "/" in name:
                folders.append(ROOT / package / name.rpartition("/")[0])
