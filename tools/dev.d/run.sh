# tools/dev run [ARGUMENT of hearthd...]
#
# Installs what is missing, builds, and starts a node in the foreground with the defaults that are built
# into it; it prints its address once it is up. Ctrl-C stops it. Its data lie where a node keeps them by
# default (/var/lib/hearth for root, ~/.local/share/hearth for others), so that nodectl finds it.
# Example: tools/dev run --data-dir /tmp/attic --http.port 9000 --node.name attic

dev build
say "starting the node; Ctrl-C stops it"
exec build/release/bin/hearthd "$@"
