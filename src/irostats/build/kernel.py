"""A Jupyter of our own for one worker: this interpreter, no user's settings, no TCP port."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

KERNEL = "irostats"
_LONGEST_SOCKET = 90
"""Bytes of a Unix socket's path that every system takes, 104 less the name's own."""


def make_home() -> Path:
    """A new short-named temporary folder with the kernel's description in it.

    Kernels run by the interpreter that runs irostats, whatever ``python3`` kernels are
    installed: with another environment's packages the same notebook gives other numbers.
    """
    home = Path(tempfile.mkdtemp(prefix="iro-"))
    folder = home / "kernels" / KERNEL
    folder.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "irostats",
        "language": "python",
    }
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    (home / "matplotlibrc").touch()
    return home


def isolate(environment: MutableMapping[str, str], home: Path) -> None:
    """Point Jupyter, IPython and matplotlib to ``home``, and fix what outputs could vary with.

    ``MPLCONFIGDIR`` stays: it holds the font cache, which takes seconds to make anew; an empty
    ``matplotlibrc`` keeps the user's style out all the same.
    """
    environment.update(
        JUPYTER_PATH=str(home),
        JUPYTER_CONFIG_DIR=str(home / "jupyter"),
        JUPYTER_DATA_DIR=str(home / "jupyter"),
        JUPYTER_RUNTIME_DIR=str(home / "jupyter"),
        JUPYTER_NO_CONFIG="1",
        IPYTHONDIR=str(home / "ipython"),
        MATPLOTLIBRC=str(home / "matplotlibrc"),
        MPLBACKEND="agg",
        PYTHONHASHSEED="0",
        PYTHONUTF8="1",
        PYDEVD_DISABLE_FILE_VALIDATION="1",
        OMP_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
    )
    for name in ("PYTHONSTARTUP", "PYTHONWARNINGS"):
        environment.pop(name, None)


def connection(home: Path, number: int) -> Any:
    """Settings for the kernel manager: Unix sockets where they work, else TCP on this machine.

    Args:
        home: The worker's folder.
        number: Counts the worker's kernels, so that no two share a socket.
    """
    from traitlets.config import Config

    config = Config()
    if sockets_work(home):
        config.KernelManager.transport = "ipc"
        # Without a name given beforehand, the sockets would land in the working directory.
        config.KernelManager.connection_file = str(home / f"k{number}.json")
    return config


def sockets_work(folder: Path) -> bool:
    """Whether a Unix socket can be made in ``folder``: its path is short, its disk allows it."""
    family = getattr(socket, "AF_UNIX", None)
    if os.name == "nt" or family is None or len(os.fsencode(folder)) > _LONGEST_SOCKET:
        return False
    probe = folder / "probe"
    try:
        with socket.socket(family, socket.SOCK_STREAM) as server:
            server.bind(str(probe))
    except OSError:
        return False
    probe.unlink()
    return True


def remove_home(home: Path) -> None:
    """Remove what ``make_home`` made."""
    shutil.rmtree(home, ignore_errors=True)
