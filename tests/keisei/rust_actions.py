"""How Keisei's own Rust code names every action of both its numberings, for both sides.

Its mappers are compiled as they are, without their Python side; rustc is all that is needed.
"""

import pathlib
import re
import subprocess

_MAIN = """
#![allow(dead_code)]
mod action_mapper;
mod spatial_action_mapper;
use action_mapper::ActionMapper;
use shogi_core::{Color, Move, Square};

fn square(square: Square) -> String {
    format!("{}{}", 9 - square.col(), (b'a' + square.row()) as char)
}

fn print_all(mapper: &dyn ActionMapper) {
    for (white, color) in [(0, Color::Black), (1, Color::White)] {
        for action in 0..mapper.action_space_size() {
            let usi = match mapper.decode(action, color) {
                Err(_) => "none".to_string(),
                Ok(Move::Board { from, to, promote }) => {
                    square(from) + &square(to) + if promote { "+" } else { "" }
                }
                Ok(Move::Drop { to, piece_type }) => {
                    let piece = ["P", "L", "N", "S", "G", "B", "R"][piece_type.index()];
                    format!("{}*{}", piece, square(to))
                }
            };
            println!("{} {} {} {}", mapper.action_space_size(), white, action, usi);
        }
    }
}

fn main() {
    print_all(&action_mapper::DefaultActionMapper);
    print_all(&spatial_action_mapper::SpatialActionMapper);
}
"""


def _without_python(source):
    """The rules are plain Rust; classes and methods for Python, and the tests, go."""
    source = source.split("#[pymethods]")[0]
    return re.sub(r"^(use pyo3.*|#\[pyclass\])$", "", source, flags=re.MULTILINE)


def rust_names(source, folder):
    """(how many actions, whether White moves, action) -> "7g7f" or "none"."""
    crates, folder = pathlib.Path(source) / "shogi-engine/crates", pathlib.Path(folder)
    for name in ("action_mapper.rs", "spatial_action_mapper.rs"):
        text = (crates / "shogi-gym/src" / name).read_text()
        (folder / name).write_text(_without_python(text))
    (folder / "main.rs").write_text(_MAIN)
    rustc = ["rustc", "--edition", "2024", "-O", "--cap-lints", "allow", "--out-dir", folder]
    subprocess.run([*rustc, "--crate-type", "rlib", "--crate-name", "shogi_core",
                    crates / "shogi-core/src/lib.rs"], check=True)
    subprocess.run([*rustc, "--extern", f"shogi_core={folder}/libshogi_core.rlib",
                    folder / "main.rs"], check=True)
    lines = subprocess.run([folder / "main"], check=True, capture_output=True, text=True).stdout
    names = {}
    for line in lines.splitlines():
        actions, white, action, usi = line.split()
        names[int(actions), white == "1", int(action)] = usi
    return names
