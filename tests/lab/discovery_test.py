#!/usr/bin/env python3
"""Discovery with real Avahi daemons on a lab LAN: discovery_test.py PATH_OF_DISCOVERY_PROBE"""
import base64
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time

from lan import Lab

SECRET = 'the secret of the lab cluster'
OTHER = 'the secret of somebody else'


class Probe:
    """A running discovery_probe and what it has printed."""

    def __init__(self, lab, program, host, name, secret):
        self.host, self.name, self.lines = host, name, []
        self.fresh = queue.Queue()
        self.process = lab.popen(host, [program, name, 7000 + host, secret], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self.read, daemon=True).start()
        self.id, self.key = self.expect('its id', lambda words: words[0] == 'self')[1:3]

    def read(self):
        for line in self.process.stdout:
            self.fresh.put(line.split())

    def expect(self, what, condition, limit=20.0):
        """The next line for which condition(words) holds; lines before it are passed over."""
        start = time.monotonic()
        while True:
            try:
                left = limit - (time.monotonic() - start)
                words = self.fresh.get(timeout=max(left, 0.001))
            except queue.Empty:
                raise AssertionError(f'{self.name}: no {what} in {limit:.0f} s; '
                                     f'it said {self.lines[-8:]}') from None
            self.lines.append(words)
            if condition(words):
                return words

    def expect_event(self, kind, other, address=None, limit=20.0):
        def fits(words):
            return words[0] == kind and words[1] == other.id and (not address or address in words)
        return self.expect(f'{kind} of {other.name} {address or ""}', fits, limit)

    def expect_state(self, text, limit=20.0):
        return self.expect(f'state {text}', lambda words: words[0] == 'state' and
                           text in ' '.join(words), limit)

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait(10) == 0, f'{self.name} ended badly'


def timed(what, start):
    print(f'  {what}: {time.monotonic() - start:.2f} s', flush=True)


def all_find_each_other(lab, program, frames):
    lab.sniff(frames)
    start = time.monotonic()
    probes = [Probe(lab, program, host, f'kitchen{host}', SECRET) for host in (1, 2, 3)]
    for probe in probes:
        waiting = {other.id: f'{lab.ip(other.host)} {7000 + other.host}'
                   for other in probes if other is not probe}
        while waiting:
            words = probe.expect('neighbours', lambda words: words[0] == 'found')
            assert waiting.pop(words[1]) in ' '.join(words), words
    timed('three nodes found each other', start)
    return probes


def strangers_are_counted_and_nothing_else(lab, program, probes, frames):
    stranger = Probe(lab, program, 3, 'attic', OTHER)
    probes[0].expect_state('foreign 1')
    stranger.expect_state('foreign 3')
    seen = open(frames, 'rb').read()
    assert b'_hearth' in seen, 'the sniffer saw nothing'
    for probe in probes:
        raw = bytes.fromhex(probe.key)
        for secret in (probe.name.encode(), probe.id.encode(), probe.key.encode(), raw,
                       base64.b64encode(raw)):
            assert secret not in seen, f'{probe.name}: {secret!r} is on the wire'
    stranger.stop()
    probes[0].expect_state('foreign 0')
    assert not any(words[0] == 'found' for words in stranger.lines), stranger.lines


def a_daemon_that_dies_comes_back(lab, probes):
    for way in (lab.avahi_stop, lab.avahi_kill):
        way(1)
        probes[0].expect_state('no Avahi daemon answers')
        time.sleep(0.5)
        start = time.monotonic()
        lab.start_avahi(1)
        probes[0].expect_state('available')
        timed('available again after the daemon', start)
    lab.dbus_kill(1)
    lab.avahi_kill(1)
    probes[0].expect_state('D-Bus does not answer')
    start = time.monotonic()
    lab.start_dbus(1)
    lab.start_avahi(1)
    probes[0].expect_state('available', 40.0)
    timed('available again after D-Bus', start)


def refused_by_the_daemon(lab, probes):
    lab.avahi_stop(1)
    probes[0].expect_state('no Avahi daemon')
    lab.start_avahi(1, mute=True)
    probes[0].expect_state('refused a request')
    lab.avahi_stop(1)
    lab.start_avahi(1)
    probes[0].expect_state('available', 40.0)


def changes_are_seen(lab, probes):
    start = time.monotonic()
    lab.address(2, '10.78.0.99')
    probes[2].expect_event('updated', probes[1], '10.78.0.99', 30.0)
    timed('another address seen', start)
    lab.cut(2)
    time.sleep(2)
    lab.heal(2)
    start = time.monotonic()
    probes[1].stop()
    probes[2].expect_event('lost', probes[1], limit=30.0)
    timed('goodbye seen', start)


def main():
    program = os.path.abspath(sys.argv[1])
    lab = Lab(f'disc{os.getpid()}')
    try:
        lab.up(3)
        with tempfile.TemporaryDirectory() as folder:
            frames = os.path.join(folder, 'frames')
            probes = all_find_each_other(lab, program, frames)
            strangers_are_counted_and_nothing_else(lab, program, probes, frames)
            a_daemon_that_dies_comes_back(lab, probes)
            refused_by_the_daemon(lab, probes)
            changes_are_seen(lab, probes)
            probes[0].stop()
            probes[2].stop()
    finally:
        lab.down()
    print('discovery on a lab LAN: passed')


if __name__ == '__main__':
    main()
