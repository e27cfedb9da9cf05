// A pretend network of hosts with their own Avahi: tests/lab/lan.py. Needs root and network namespaces.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const tool = resolve(dirname(fileURLToPath(import.meta.url)), '../../lab/lan.py');

/** Why there can be no lab here, or undefined. */
export function whyNoLan() {
  if (process.getuid() !== 0) return 'a lab of network namespaces needs root';
  if (!existsSync(tool)) return 'tests/lab/lan.py is not there';
  try {
    execFileSync('unshare', ['--net', '--mount', '--uts', 'true'], { stdio: 'pipe' });
    execFileSync('avahi-daemon', ['--version'], { stdio: 'pipe' });
  } catch (error) {
    return `no namespaces or no Avahi here: ${error.message.split('\n')[0]}`;
  }
  return undefined;
}

export class Lan {
  constructor(name) {
    this.name = name;
  }

  call(...words) {
    const args = [tool, '--lab', this.name, ...words.map(String)];
    // Into a file: what stays running in the lab would hold a pipe open for ever.
    const folder = mkdtempSync(join(tmpdir(), 'hearth-lan-'));
    const said = join(folder, 'said');
    const file = openSync(said, 'w');
    try {
      const { status } = spawnSync('python3', args, { stdio: ['ignore', file, file], timeout: 60_000 });
      const text = readFileSync(said, 'utf8');
      if (status !== 0) throw new Error(`lan.py ${words.join(' ')}: ${status} ${text}`);
      return text;
    } finally {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The words that run a command on a host. */
  on(host) {
    return ['python3', tool, '--lab', this.name, 'exec', String(host), '--'];
  }

  cut(host) {
    this.call('cut', host);
  }

  heal(host) {
    this.call('heal', host);
  }

  avahi(action, host) {
    this.call('avahi', action, host);
  }
}

/** A lab of `hosts` hosts for one test. */
export function startLan(t, name, hosts, options = []) {
  const lan = new Lan(name);
  lan.call('down');
  t.after(() => lan.call('down'));
  lan.call('up', hosts, ...options);
  return lan;
}
