// A pretend network of hosts with their own Avahi: tests/lab/lan.py. Needs root and network namespaces.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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
    try {
      return execFileSync('python3', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      throw new Error(`lan.py ${words.join(' ')}: ${error.stderr || error.message}`);
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
