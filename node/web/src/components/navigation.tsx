import { useEffect, useState } from 'preact/hooks';
import type { PageName } from '../state/routes';
import { uploads } from '../state/uploads';
import { useStore } from '../state/store';
import { Icon, type IconName } from './icon';
import { Logo } from './logo';
import { ThemeToggle } from './theme_toggle';

interface Entry {
  page: PageName;
  to: string;
  icon: IconName;
  label: string;
}

const entries: Entry[] = [
  { page: 'home', to: '/', icon: 'home', label: 'Home' },
  { page: 'upload', to: '/upload', icon: 'upload', label: 'Upload' },
  { page: 'live', to: '/live', icon: 'live', label: 'Live' },
  { page: 'library', to: '/library', icon: 'library', label: 'Library' },
  { page: 'notes', to: '/notes', icon: 'notes', label: 'Notes' },
  { page: 'peers', to: '/peers', icon: 'peers', label: 'Peers' },
  { page: 'settings', to: '/settings', icon: 'settings', label: 'Settings' },
];
const atThumb: PageName[] = ['home', 'live', 'library', 'notes'];

function MenuLink({ entry, section }: { entry: Entry; section: PageName }) {
  const busy = useStore(uploads).filter(({ state }) => state === 'waiting' || state === 'sending');
  return (
    <a
      href={entry.to}
      aria-current={entry.page === section ? 'page' : undefined}
      data-testid={`nav-${entry.page}`}
    >
      <Icon name={entry.icon} />
      <span>{entry.label}</span>
      {entry.page === 'upload' && busy.length > 0 && (
        <span class="badge accent count" aria-label={`${busy.length} uploads under way`}>
          {busy.length}
        </span>
      )}
    </a>
  );
}

export function Sidebar({ section, nodeName }: { section: PageName; nodeName: string }) {
  return (
    <header class="sidebar">
      <a class="brand" href="/">
        <Logo /> Hearth
      </a>
      <nav class="menu" aria-label="Pages">
        {entries.map((entry) => (
          <MenuLink key={entry.page} entry={entry} section={section} />
        ))}
      </nav>
      <div class="foot">
        {nodeName && (
          <p class="small muted clip" title={nodeName}>
            On <strong>{nodeName}</strong>
          </p>
        )}
        <div>
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}

export function TopBar({ nodeName }: { nodeName: string }) {
  return (
    <header class="topbar">
      <a class="brand" href="/">
        <Logo /> Hearth
      </a>
      <span class="muted small clip">{nodeName}</span>
    </header>
  );
}

/** The menu of small screens: four pages at the thumb, the others behind "More". */
export function BottomBar({ section }: { section: PageName }) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [section]);
  const rest = entries.filter(({ page }) => !atThumb.includes(page));
  return (
    <>
      {open && (
        <div class="bottombar-sheet" id="more-pages">
          <nav class="menu" aria-label="More pages" onClick={() => setOpen(false)}>
            {rest.map((entry) => (
              <MenuLink key={entry.page} entry={entry} section={section} />
            ))}
          </nav>
          <ThemeToggle />
        </div>
      )}
      <nav class="bottombar" aria-label="Main pages">
        {entries
          .filter(({ page }) => atThumb.includes(page))
          .map((entry) => (
            <MenuLink key={entry.page} entry={entry} section={section} />
          ))}
        <button
          type="button"
          aria-expanded={open}
          aria-controls="more-pages"
          data-testid="nav-more"
          onClick={() => setOpen(!open)}
        >
          <Icon name="more" />
          <span>More</span>
        </button>
      </nav>
    </>
  );
}
