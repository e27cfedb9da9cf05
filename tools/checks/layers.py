"""Layers, third-party fences and include cycles.

- tools > node > {net, media} > store: an include goes down or stays in its layer; net and media never see
  each other; tests may include anything of ours.
- A folder includes only from the libraries that its CMakeLists.txt names in DEPS, directly or through them.
- The headers of a third-party library are included only in its adapter folders (FENCES); a unit test of
  an adapter may include what the adapter may.
- No cycle of includes between files or between folders.

There is no list of exceptions.
"""
import pathlib
import re

import tree

LEVELS = {"store": 0, "net": 1, "media": 1, "node": 2, "tools": 3, "tests": 4}

FENCES = {
    "FFmpeg": (r"lib(av|sw)[a-z]+/", ("media/packager", "media/video")),
    "RocksDB": (r"rocksdb/", ("store/log", "store/kv")),
    "Avahi": (r"avahi-[a-z]+/", ("net/discovery",)),
    "libsodium": (r"sodium(\.h|/)", ("net/noise", "store/base")),
    "libvips": (r"vips/", ("media/image",)),
    "SQLite": (r"sqlite3", ("store/search",)),
    "spdlog": (r"(spdlog|fmt)/", ("store/base",)),
    "cereal": (r"cereal/", ("store/base",)),
    "toml++": (r"toml(\+\+|plusplus)?[./]", ("node/config",)),
    "CLI11": (r"CLI/", ("node/config", "tools/nodectl")),
    "libseccomp": (r"seccomp\.h", ("media/sandbox",)),
    "OpenSSL": (r"(openssl/|boost/asio/ssl)", ("media/rtmp", "node/http")),
    "libcurl": (r"curl/", ()),
}

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)
_LIBRARY = re.compile(r"hearth_(?:library|program|test|fuzz)\(\s*(\w+)([^)]*)\)")


def includes(root):
    """{file: [(line, quote, header)]} of all C++ files."""
    result = {}
    for path in tree.files(root, tree.CPP):
        text = tree.read(root, path)
        result[path] = [(tree.line_of(text, each.start(2)), each.group(1), each.group(2))
                        for each in _INCLUDE.finditer(text)]
    return result


def module(path):
    """The folder that is a library: store/log for store/log/backend/x.hpp."""
    return "/".join(pathlib.PurePosixPath(path).parts[:2])


def ours(header):
    # <net/if.h> and the like are the system's.
    return header.split("/")[0] in LEVELS and header.endswith(".hpp")


def check(root):
    found = includes(root)
    return (_arrows(root, found) + _declared(root, found) + _fences(found)
            + _cycles("files", _file_graph(found)) + _cycles("folders", _folder_graph(found)))


def _arrows(root, found):
    problems = []
    for path, rows in found.items():
        layer = path.parts[0]
        for line, quote, header in rows:
            where = f"{path}:{line}"
            if quote == '"' and ".." in header.split("/"):
                problems.append(f"{where}: '{header}' climbs with '..'; write it from the root")
            elif ours(header) and not (pathlib.Path(root) / header).exists():
                problems.append(f"{where}: '{header}' is not in the tree")
            elif ours(header):
                problems += _arrow(where, layer, header)
    return problems


def _arrow(where, layer, header):
    other = header.split("/")[0]
    if LEVELS[other] > LEVELS[layer]:
        return [f"{where}: {layer} includes '{header}', but arrows go down"]
    if LEVELS[other] == LEVELS[layer] and other != layer:
        return [f"{where}: {layer} includes its sibling's '{header}'"]
    return []


def declarations(root):
    """{library: names in its DEPS} of every CMakeLists.txt of a library."""
    result = {}
    for path in tree.files(root, (".txt", ".cmake")):
        if path.name != "CMakeLists.txt" or path.parts[0] == "tests":
            continue
        text = re.sub(r"#[^\n]*", "", tree.read(root, path))
        for name, rest in _LIBRARY.findall(text):
            words, keyword = set(), None
            for word in rest.split():
                if word in ("SOURCES", "DEPS", "USES"):
                    keyword = word
                elif keyword == "DEPS":
                    words.add(word)
            result.setdefault((name, module(path)), set()).update(words)
    return result


def _closure(name, direct):
    reached, waiting = set(), [name]
    while waiting:
        for dep in direct.get(waiting.pop(), ()):
            if dep not in reached:
                reached.add(dep)
                waiting.append(dep)
    return reached


def _declared(root, found):
    direct, by_folder = {}, {}
    for (name, folder), deps in declarations(root).items():
        direct[name] = deps
        by_folder.setdefault(folder, set()).add(name)
    allowed = {folder: {dep for name in names for dep in _closure(name, direct) | {name}}
               for folder, names in by_folder.items()}
    problems = []
    for path, rows in found.items():
        folder = module(path)
        if path.parts[0] == "tests":
            continue
        for line, _, header in rows:
            wanted = module(header)
            if not ours(header) or wanted == folder:
                continue
            if wanted.replace("/", "_") not in allowed.get(folder, set()):
                problems.append(f"{path}:{line}: '{header}' is of a library that {folder} does not "
                                "name in its DEPS")
    return problems


def _owner(path):
    """The folder whose fences count: tests/unit/media_image and the like stand for media/image."""
    if path.parts[:2] == ("tests", "unit") and len(path.parts) > 3:
        return path.parts[2].replace("_", "/", 1)
    return module(path)


def _fences(found):
    problems = []
    for path, rows in found.items():
        for line, _, header in rows:
            for library, (pattern, folders) in FENCES.items():
                if re.match(pattern, header) and _owner(path) not in folders:
                    where = " and ".join(folders) or "nowhere"
                    problems.append(f"{path}:{line}: <{header}> is {library}'s, allowed in {where}")
    return problems


def _file_graph(found):
    return {str(path): {header for _, _, header in rows if ours(header)}
            for path, rows in found.items()}


def _folder_graph(found):
    graph = {}
    for path, rows in found.items():
        if path.parts[0] != "tests":
            edges = {module(header) for _, _, header in rows if ours(header)}
            graph.setdefault(module(path), set()).update(edges - {module(path)})
    return graph


def _cycles(what, graph):
    """One report a cycle that a depth-first walk closes."""
    problems, state = [], {}

    def walk(node, path):
        state[node] = "open"
        for following in sorted(graph.get(node, ())):
            if state.get(following) == "open":
                circle = path[path.index(following):] + [following]
                problems.append(f"{what} include each other: {' > '.join(circle)}")
            elif following not in state:
                walk(following, path + [following])
        state[node] = "done"

    for node in sorted(graph):
        if node not in state:
            walk(node, [node])
    return problems
