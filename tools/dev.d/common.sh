# What the commands of tools/dev share. Sourced with the working directory at the root of the repository.

say() { printf '%s\n' "dev: $*" >&2; }
die() { say "$*"; exit 1; }

# Prints the comment at the head of a command's file and ends, if --help is among the arguments.
help_if_asked() {
  local part=$1 argument
  shift
  for argument in "$@"; do
    [[ $argument == -- ]] && return
    if [[ $argument == --help || $argument == -h ]]; then
      sed -n '/^#/!q; s/^# \{0,1\}//p' "$part"
      exit 0
    fi
  done
}

# Runs a command as root.
as_root() {
  if [[ $EUID == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "this needs root and there is no sudo; run as root: $*"
  fi
}

# Runs another command of tools/dev.
dev() { "$root/tools/dev" "$@"; }
