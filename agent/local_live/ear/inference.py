"""onnxruntime, as everything here uses it: on one core, and with one sentence where it fails."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import EnvironmentNotReady

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def package_folder(package: str) -> Path:
    """Where an installed package lies; it is not imported. EnvironmentNotReady without it."""
    try:
        found = find_spec(package)
    except ModuleNotFoundError:
        found = None
    if found is None or found.origin is None:
        raise EnvironmentNotReady(
            f"The package {package}, which carries the recogniser's model, is not installed; "
            "PyPI has it for Linux (x86-64 and ARM) and for macOS 15 on Apple silicon."
        )
    return Path(found.origin).parent


def open_session(path: Path) -> "InferenceSession":
    """The model in a file, ready to run. EnvironmentNotReady where that can't be."""
    try:
        import onnxruntime  # noqa: PLC0415 (heavy)
        from onnxruntime.capi import onnxruntime_pybind11_state as failures  # noqa: PLC0415
    except ImportError as error:
        raise EnvironmentNotReady(
            f"onnxruntime, which runs the recogniser's model, can't be loaded: {error}"
        ) from error
    if not path.is_file():
        raise EnvironmentNotReady(f"{path} is missing; install its package again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    open_it = partial(onnxruntime.InferenceSession, str(path), options)
    try:
        return open_it(providers=["CPUExecutionProvider"])
    except (
        failures.Fail,
        failures.InvalidArgument,
        failures.InvalidGraph,
        failures.InvalidProtobuf,
        failures.NotImplemented,
        failures.RuntimeException,
        RuntimeError,
    ) as error:
        raise EnvironmentNotReady(
            f"{path} is damaged or onnxruntime can't run it; install its package again."
        ) from error
