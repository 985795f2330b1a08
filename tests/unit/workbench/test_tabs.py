"""One table says which tabs there are."""

import pytest

from tests.browser.states import STATES
from workbench.page import HEAD, STATIC
from workbench.tabs import TABS, Tab


@pytest.mark.parametrize("tab", TABS, ids=[tab.id for tab in TABS])
def test_a_tab_names_files_that_are_there(tab: Tab) -> None:
    """A misspelt stylesheet is a page without looks, and no error anywhere."""
    named = (tab.markup, tab.stylesheet, tab.visitors_markup)
    assert [name for name in named if name and not (STATIC / name).is_file()] == []
    assert (tab.markup is None) != (tab.build is None)


def test_the_page_loads_the_stylesheet_of_each_tab() -> None:
    """A new tab brings its own with its entry alone."""
    assert [tab.id for tab in TABS if tab.stylesheet and tab.stylesheet not in HEAD] == []


def test_no_two_tabs_share_an_id() -> None:
    """A link's `?tab=` would open one of them."""
    assert len({tab.id for tab in TABS}) == len(TABS)


def test_the_looks_and_the_access_of_each_tab_are_checked() -> None:
    """The browser tests walk through `STATES`; a tab that is missing there is tried by nobody."""
    assert {tab.title for tab in TABS} - {state.tab for state in STATES} == set()
