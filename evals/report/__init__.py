"""What people read of a run: documents, tables, views for the page."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from evals.report.documents import report_json, report_markdown, summary_json, write_report

__all__ = ["report_json", "report_markdown", "summary_json", "write_report"]

__getattr__ = handed_on(
    __name__,
    {
        "report_json": "evals.report.documents",
        "report_markdown": "evals.report.documents",
        "summary_json": "evals.report.documents",
        "write_report": "evals.report.documents",
    },
)
