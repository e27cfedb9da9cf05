# tools/dev e2e [NAME...]
#
# The end-to-end tests: real daemons, real FFmpeg, Avahi in network namespaces (as root), headless
# Chromium. With names only the files of tests/e2e whose name contains one. Same as tools/dev test e2e.

dev test e2e "$@"
