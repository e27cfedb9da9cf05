#!/usr/bin/env python3
"""A LAN on one machine: network namespaces on a bridge, each with its own D-Bus and Avahi.

usage: lan.py [--lab NAME] COMMAND

  up N [--plain]       make N hosts (1 to 60); returns when every Avahi runs. --plain: no Avahi
  exec HOST -- CMD ... run CMD on a host, in the present folder; its exit status comes back
  ip HOST              print the host's address
  address HOST IP      give the host another address
  cut HOST ...         pull the cable; --silent: keep the carrier, drop every frame
  heal HOST ...        plug it in again
  avahi start|stop|kill HOST ...
  dbus start|kill HOST ...
  sniff FILE           start writing every frame of the LAN to FILE, until down
  status               hosts and what runs on them
  down                 end every process of the lab, by its id, and remove it; safe to repeat

HOST is 1, 2, ...; exec also takes 'switch'. Addresses are 10.78.0.HOST/24. Runs as root, without
systemd. Debian: iproute2 util-linux dbus avahi-daemon. Labs of different names run side by side.
As a module: Lab(NAME).up(3), .popen(1, [...]), .cut(2), .down().
"""
import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

BASE = '/run/hearth-lab'
HERE = os.path.abspath(__file__)

# The first process of a host, inside its new namespaces; it stays and holds them.
HOST = r'''set -e
hostname "$1"
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/dbus /run/avahi-daemon /run/lock
chown avahi:avahi /run/avahi-daemon 2>/dev/null || true
printf '%s\n' "$2" > /run/machine-id
for file in /etc/machine-id /var/lib/dbus/machine-id; do
  if [ -e "$file" ]; then mount --bind /run/machine-id "$file"; fi
done
ip link set lo up
echo ready
exec >/dev/null
exec sleep infinity
'''

AVAHI = '''[server]
host-name={name}
use-ipv4=yes
use-ipv6=no
allow-interfaces=eth0
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
disable-user-service-publishing={mute}
'''


class Fail(Exception):
    """What the user is told."""


def run(*command, check=True):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          check=False)
    if check and done.returncode:
        raise Fail(f"{' '.join(map(str, command))}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def born(pid):
    """When a process started, or None when there is no such process (a zombie is none)."""
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii', errors='replace') as file:
            fields = file.read().rpartition(')')[2].split()
        return None if fields[0] in 'ZX' else int(fields[19])
    except (OSError, IndexError):
        return None


def wait_for(what, condition, limit=15.0):
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise Fail(f'{what}: not within {limit:.0f} s')
        time.sleep(0.02)


def end_processes(pids, grace):
    """SIGTERM, and SIGKILL for those that are still there after grace seconds."""
    births = {pid: born(pid) for pid in pids}

    def left():
        return [pid for pid, birth in births.items() if birth is not None and born(pid) == birth]

    for number, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, 3.0)):
        for pid in left():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        end = time.monotonic() + seconds
        while left() and time.monotonic() < end:
            time.sleep(0.02)


class Lab:
    """One lab; self.state is what state.json holds, None while it is down."""

    def __init__(self, name='hearth'):
        if not re.fullmatch(r'[a-z][a-z0-9]{0,11}', name):
            raise Fail('a lab is named by at most 12 of a-z and 0-9')
        self.name = name
        self.folder = f'{BASE}/{name}'
        self.state = None
        with contextlib.suppress(FileNotFoundError), \
                open(f'{self.folder}/state.json', encoding='utf-8') as file:
            self.state = json.load(file)

    def save(self):
        path = f'{self.folder}/state.json'
        with open(path + '.new', 'w', encoding='utf-8') as file:
            json.dump(self.state, file, indent=1)
        os.replace(path + '.new', path)

    # Processes -----------------------------------------------------------------------------------

    def host(self, name):
        if not self.state:
            raise Fail(f"lab '{self.name}' is not up")
        found = self.state['hosts'].get(str(name))
        if not found:
            raise Fail(f'no host {name}')
        return found

    @staticmethod
    def runs(process):
        return bool(process) and born(process['pid']) == process['born']

    def enter(self, name):
        """The words before a command that runs it on a host."""
        holder = self.host(name)['holder']
        if not self.runs(holder):
            raise Fail(f'host {name} is gone; say down')
        # --root: in a chroot the root of the mount namespace is not ours.
        return ['nsenter', '-t', str(holder['pid']), '--net', '--mount', '--uts', '--root',
                f'--wdns={os.getcwd()}', '--']

    def popen(self, name, command, **more):
        return subprocess.Popen(self.enter(name) + [str(word) for word in command], **more)

    def call(self, name, *command, check=True):
        return run(*self.enter(name), *command, check=check)

    def start(self, name, kind, *command):
        """A process in the background that ends with the lab."""
        host = self.host(name)
        if self.runs(host.get(kind)):
            return
        with open(f'{self.folder}/{name}-{kind}.log', 'ab') as log:
            process = self.popen(name, command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                 start_new_session=True)
        host[kind] = {'pid': process.pid, 'born': born(process.pid)}
        self.save()

    def stop(self, name, kind, grace):
        process = self.host(name).get(kind)
        if self.runs(process):
            end_processes([process['pid']], grace)

    # Up and down ---------------------------------------------------------------------------------

    def hold(self, name):
        """A host without a cable."""
        machine = f'{abs(hash((self.name, name))):032x}'[:32]
        process = subprocess.Popen(
            ['unshare', '--net', '--mount', '--uts', '--propagation', 'private', '--', 'sh', '-c',
             HOST, 'host', f'{self.name}-{name}', machine],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True)
        holder = {'pid': process.pid, 'born': born(process.pid)}
        self.state['hosts'][str(name)] = {'holder': holder}
        self.save()
        if process.stdout.readline() != 'ready\n':
            raise Fail(f'host {name} does not start (are you root?)')

    def up(self, count, plain=False):
        if self.state:
            raise Fail(f"lab '{self.name}' is up already; say down first")
        if not 1 <= count <= 60:
            raise Fail('1 to 60 hosts')
        missing = [tool for tool in ('ip', 'nsenter', 'unshare', 'dbus-daemon', 'avahi-daemon')
                   if not shutil.which(tool, path=os.environ.get('PATH', '') + ':/usr/sbin:/sbin')]
        if missing and not (plain and not set(missing) & {'ip', 'nsenter', 'unshare'}):
            raise Fail('not installed: ' + ' '.join(missing))
        os.makedirs(self.folder)
        self.state = {'hosts': {}}
        try:
            self.wire(count)
            if not plain:
                for name in range(1, count + 1):
                    self.start_dbus(name)
                for name in range(1, count + 1):
                    self.start_avahi(name, wait=False)
                for name in range(1, count + 1):
                    self.wait_for_avahi(name)
        except BaseException:
            self.down()
            raise

    def wire(self, count):
        self.hold('switch')
        self.call('switch', 'ip', 'link', 'add', 'lan', 'type', 'bridge', 'stp_state', '0',
                  'forward_delay', '0', 'mcast_snooping', '0')
        self.call('switch', 'ip', 'link', 'set', 'lan', 'up')
        for name in range(1, count + 1):
            self.hold(name)
            holder = self.host(name)['holder']['pid']
            self.call('switch', 'ip', 'link', 'add', f'port{name}', 'type', 'veth', 'peer', 'name',
                      'eth0', 'netns', holder)
            self.call('switch', 'ip', 'link', 'set', f'port{name}', 'master', 'lan', 'up')
            self.call(name, 'ip', 'link', 'set', 'eth0', 'up')
            self.address(name, f'10.78.0.{name}')

    def down(self):
        if not self.state:
            return
        holders = [host['holder']['pid'] for host in self.state['hosts'].values()
                   if self.runs(host['holder'])]
        spaces = set()
        for pid in holders:
            with contextlib.suppress(OSError):
                spaces.add(os.stat(f'/proc/{pid}/ns/net').st_ino)
        for _ in range(3):  # again for what was forked meanwhile
            inside = [pid for pid in self.inside(spaces) if pid not in holders]
            if not inside:
                break
            end_processes(inside, 2.0)
        end_processes(holders, 0.0)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.state = None

    @staticmethod
    def inside(spaces):
        """The processes in these network namespaces: all were started through the lab."""
        found = []
        for entry in filter(str.isdigit, os.listdir('/proc')):
            with contextlib.suppress(OSError):
                if os.stat(f'/proc/{entry}/ns/net').st_ino in spaces and int(entry) != os.getpid():
                    found.append(int(entry))
        return found

    # Services ------------------------------------------------------------------------------------

    def root(self, name):
        return f"/proc/{self.host(name)['holder']['pid']}/root"

    def start_dbus(self, name):
        socket = self.root(name) + '/run/dbus/system_bus_socket'
        if not self.runs(self.host(name).get('dbus')):
            with contextlib.suppress(FileNotFoundError):
                os.remove(socket)
        self.start(name, 'dbus', 'dbus-daemon', '--system', '--nofork', '--nopidfile')
        wait_for(f'D-Bus on host {name}', lambda: os.path.exists(socket))

    def start_avahi(self, name, wait=True, mute=False):
        config = AVAHI.format(name=f'{self.name}-{name}', mute='yes' if mute else 'no')
        with open(self.root(name) + '/run/avahi.conf', 'w', encoding='ascii') as file:
            file.write(config)
        if not self.runs(self.host(name).get('avahi')):
            self.call(name, 'rm', '-f', '/run/avahi-daemon/pid')
        self.start(name, 'avahi', 'avahi-daemon', '--no-chroot', '--no-proc-title', '-f',
                   '/run/avahi.conf')
        if wait:
            self.wait_for_avahi(name)

    def wait_for_avahi(self, name):
        ask = ('dbus-send', '--bus=unix:path=/run/dbus/system_bus_socket', '--print-reply=literal',
               '--dest=org.freedesktop.Avahi', '/', 'org.freedesktop.Avahi.Server.GetState')
        running = ['int32', '2']
        wait_for(f'Avahi on host {name}',
                 lambda: self.call(name, *ask, check=False).split() == running)

    def avahi_stop(self, name):
        self.stop(name, 'avahi', 3.0)

    def avahi_kill(self, name):
        self.stop(name, 'avahi', 0.0)

    def dbus_kill(self, name):
        self.stop(name, 'dbus', 0.0)

    # The network ---------------------------------------------------------------------------------

    def ip(self, name):
        return self.host(name)['ip']

    def address(self, name, ip):
        self.call(name, 'ip', 'address', 'flush', 'dev', 'eth0', 'scope', 'global')
        self.call(name, 'ip', 'address', 'add', f'{ip}/24', 'brd', '+', 'dev', 'eth0')
        self.call(name, 'ip', 'route', 'replace', 'default', 'dev', 'eth0')
        self.host(name)['ip'] = ip
        self.save()

    def cut(self, name, silent=False):
        self.host(name)
        how = ['nomaster'] if silent else ['down']  # without its bridge the port's carrier stays
        self.call('switch', 'ip', 'link', 'set', f'port{name}', *how)

    def heal(self, name):
        self.host(name)
        self.call('switch', 'ip', 'link', 'set', f'port{name}', 'master', 'lan', 'up')

    def sniff(self, path):
        open(path, 'wb').close()
        self.start('switch', 'sniff', sys.executable, HERE, 'sniffer', os.path.abspath(path))
        wait_for('the sniffer', lambda: os.path.getsize(path) > 0)

    def status(self):
        for name, host in (self.state or {'hosts': {}})['hosts'].items():
            running = [kind for kind in host if kind != 'ip' and self.runs(host[kind])]
            print(f"{name:8} {host.get('ip', '-'):14} {' '.join(running)}")


def sniffer(path):
    """Writes every frame that passes the switch, as it is, after one marker."""
    import socket
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)) as wire, \
            open(path, 'wb', buffering=0) as out:
        out.write(b'frames:')
        while True:
            out.write(wire.recv(65536))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--lab', default='hearth')
    parser.add_argument('command', choices=['up', 'exec', 'ip', 'address', 'cut', 'heal', 'avahi',
                                            'dbus', 'sniff', 'sniffer', 'status', 'down'])
    parser.add_argument('rest', nargs=argparse.REMAINDER)
    given = parser.parse_args()
    command, rest = given.command, given.rest
    if command == 'sniffer':
        return sniffer(rest[0])
    lab = Lab(given.lab)
    flags = [word for word in rest if word in ('--plain', '--silent')] if command != 'exec' else []
    words = [word for word in rest if word not in flags]
    if command == 'up':
        lab.up(int(words[0]), plain='--plain' in flags)
    elif command == 'exec':
        host, *line = words
        line = line[1:] if line[:1] == ['--'] else line
        whole = lab.enter(host) + line
        os.execvp(whole[0], whole)
    elif command in ('cut', 'heal'):
        for host in words:
            lab.cut(host, '--silent' in flags) if command == 'cut' else lab.heal(host)
    elif command in ('avahi', 'dbus'):
        action, *hosts = words
        for host in hosts:
            getattr(lab, f'start_{command}' if action == 'start' else f'{command}_{action}')(host)
    elif command == 'ip':
        print(lab.ip(words[0]))
    elif command == 'address':
        lab.address(*words)
    elif command == 'sniff':
        lab.sniff(words[0])
    elif command == 'status':
        lab.status()
    else:
        lab.down()
    return 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except (Fail, AttributeError, IndexError, ValueError, TypeError) as error:
        sys.exit(f'lan.py: {error}')
