import made_up
import layers


class LayersTest(made_up.TreeTest):
    def setUp(self):
        super().setUp()
        self.library("store/base")
        self.library("store/log", "store_base")
        self.write("store/base/a.hpp")
        self.write("store/log/log.hpp", '#include "store/base/a.hpp"\n#include <vector>\n')

    def test_downward_and_declared_is_fine(self):
        self.library("net/wire", "store_log")
        self.write("net/wire/w.cpp", '#include "store/base/a.hpp"\n#include "store/log/log.hpp"\n')
        self.assert_clean(layers.check)

    def test_upward_include(self):
        self.write("net/wire/w.hpp")
        self.write("store/log/bad.cpp", '\n#include "net/wire/w.hpp"\n')
        problems = layers.check(self.root)
        self.assertTrue(any("store/log/bad.cpp:2" in each and "arrows go down" in each for each in problems))

    def test_siblings_do_not_see_each_other(self):
        self.library("net/wire")
        self.library("media/live", "net_wire")
        self.write("net/wire/w.hpp")
        self.write("media/live/l.cpp", '#include "net/wire/w.hpp"\n')
        self.assert_found(layers.check, "media/live/l.cpp:1", "sibling")

    def test_undeclared_library(self):
        self.library("store/kv")
        self.write("store/kv/k.cpp", '#include "store/base/a.hpp"\n')
        self.assert_found(layers.check, "store/kv/k.cpp:1", "DEPS")

    def test_header_that_is_not_there(self):
        self.write("store/log/bad.cpp", '#include "store/base/gone.hpp"\n')
        self.assert_found(layers.check, "gone.hpp", "not in the tree")

    def test_climbing_include(self):
        self.write("store/log/bad.cpp", '#include "../base/a.hpp"\n')
        self.assert_found(layers.check, "climbs")

    def test_headers_of_the_system_are_not_ours_but_angle_brackets_hide_nothing(self):
        self.library("net/wire", "store_base")
        self.write("net/wire/w.cpp", "#include <net/if.h>\n#include <store/log/log.hpp>\n")
        self.assert_found(layers.check, "net/wire/w.cpp:2", "DEPS")

    def test_commented_dependency_does_not_count(self):
        self.write("store/kv/CMakeLists.txt", "hearth_library(store_kv SOURCES a.cpp\n# DEPS store_base\n)\n")
        self.write("store/kv/k.cpp", '#include "store/base/a.hpp"\n')
        self.assert_found(layers.check, "store/kv/k.cpp:1", "DEPS")


class FencesTest(made_up.TreeTest):
    HEADERS = {
        "FFmpeg": "libavformat/avformat.h", "RocksDB": "rocksdb/db.h", "Avahi": "avahi-client/client.h",
        "libsodium": "sodium.h", "libvips": "vips/vips.h", "SQLite": "sqlite3.h",
        "spdlog": "spdlog/spdlog.h", "cereal": "cereal/archives/portable_binary.hpp",
        "toml++": "toml++/toml.h", "CLI11": "CLI/CLI.hpp", "libseccomp": "seccomp.h",
        "OpenSSL": "openssl/ssl.h", "libcurl": "curl/curl.h",
    }

    def test_every_library_has_a_header_here(self):
        self.assertEqual(set(self.HEADERS), set(layers.FENCES))

    def test_outside_the_fence(self):
        for library, header in self.HEADERS.items():
            with self.subTest(library):
                self.write("node/notes/a.cpp", f"#include <{header}>\n")
                self.assert_found(layers.check, "node/notes/a.cpp:1", library)

    def test_inside_the_fence(self):
        for library, header in self.HEADERS.items():
            for folder in layers.FENCES[library][1]:
                with self.subTest(f"{library} in {folder}"):
                    self.write(f"{folder}/a.cpp", f"# include <{header}>\n")
                    self.assert_clean(layers.check)
                    (self.root / folder / "a.cpp").unlink()

    def test_quotes_do_not_help(self):
        self.write("node/notes/a.cpp", '#include "rocksdb/db.h"\n')
        self.assert_found(layers.check, "RocksDB")

    def test_a_unit_test_may_what_its_adapter_may(self):
        self.write("tests/unit/media_image/a_test.cpp", "#include <vips/vips.h>\n")
        self.assert_clean(layers.check)
        self.write("tests/unit/node_notes/a_test.cpp", "#include <vips/vips.h>\n")
        self.assert_found(layers.check, "tests/unit/node_notes/a_test.cpp:1", "libvips")


class CyclesTest(made_up.TreeTest):
    def test_files(self):
        self.library("store/base")
        self.write("store/base/a.hpp", '#include "store/base/b.hpp"\n')
        self.write("store/base/b.hpp", '#include "store/base/c.hpp"\n')
        self.write("store/base/c.hpp", '#include "store/base/a.hpp"\n')
        self.assert_found(layers.check, "files include each other", "store/base/a.hpp > store/base/b.hpp")

    def test_folders_without_a_cycle_of_files(self):
        self.library("store/base", "store_log")
        self.library("store/log", "store_base")
        self.write("store/base/a.hpp")
        self.write("store/log/a.hpp")
        self.write("store/base/b.cpp", '#include "store/log/a.hpp"\n')
        self.write("store/log/b.cpp", '#include "store/base/a.hpp"\n')
        self.assert_found(layers.check, "folders include each other", "store/base > store/log > store/base")
