interface Props<T extends string> {
  label: string;
  tabs: Record<T, string>;
  chosen: T;
  onChoose: (tab: T) => void;
}

/** Views of one page. Arrow keys move between them; the panel has the id `panel`. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose }: Props<T>) {
  const names = Object.keys(tabs) as T[];
  const pressed = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const to = names[(names.indexOf(chosen) + step + names.length) % names.length];
    if (!step || !to) return;
    onChoose(to);
    const buttons = (event.currentTarget as HTMLElement).querySelectorAll('button');
    buttons[names.indexOf(to)]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={pressed}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          aria-controls="panel"
          tabIndex={name === chosen ? 0 : -1}
          data-testid={`tab-${name}`}
          onClick={() => onChoose(name)}
        >
          {tabs[name]}
        </button>
      ))}
    </div>
  );
}
