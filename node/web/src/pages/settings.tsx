import { useState } from 'preact/hooks';
import { listSettings } from '../api/node';
import type { Setting } from '../api/types';
import { Empty, Loading, Problem } from '../components/notice';
import { PageHead } from '../components/page_head';
import { SearchField } from '../components/search_field';
import { useResource } from '../state/resource';

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.length ? value.map(String).join(', ') : '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Settings by the part of the key before the first dot, in the order in which the node lists them.
 */
function sections(settings: Setting[]): [string, Setting[]][] {
  const made = new Map<string, Setting[]>();
  for (const setting of settings) {
    const name = setting.key.split('.')[0] ?? '';
    made.set(name, [...(made.get(name) ?? []), setting]);
  }
  return [...made];
}

function matches({ key, value, description = '' }: Setting, words: string): boolean {
  const text = `${key} ${valueWords(value)} ${description}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Row({ setting }: { setting: Setting }) {
  const { key, value, origin, description, restart_needed: restart } = setting;
  return (
    <tr data-testid="setting-item" data-key={key}>
      <td>
        <code>{key}</code>
        {description && <div class="muted small">{description}</div>}
      </td>
      <td class="mono" data-label="Value" data-testid="setting-value">
        {valueWords(value)}
      </td>
      <td data-label="From">
        <span class={`badge ${origin === 'default' ? '' : 'accent'}`}>{origin}</span>
      </td>
      <td>{restart && <span class="badge warn">needs a restart</span>}</td>
    </tr>
  );
}

export function SettingsPage() {
  const [words, setWords] = useState('');
  const { data, error, reload } = useResource('settings', listSettings, [{ topic: 'settings' }]);
  const found = (data?.items ?? []).filter((setting) => matches(setting, words));
  return (
    <div class="page">
      <PageHead
        title="Settings"
        lead="As the node uses them now, and where each value comes from. Change them in node.conf."
      />
      <div class="row">
        <SearchField label="Search settings" testid="setting-search" onSearch={setWords} />
      </div>
      {error && <Problem error={error} retry={reload} />}
      {!data && !error && <Loading />}
      {data && !found.length && <Empty icon="settings" title="No setting fits" />}
      {sections(found).map(([name, settings]) => (
        <section key={name} class="stack settings" aria-labelledby={`section-${name}`}>
          <h2 id={`section-${name}`}>{name}</h2>
          <div class="card table-frame">
            <table class="table folds">
              <caption class="unseen">Settings of {name}</caption>
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col">Value</th>
                  <th scope="col">From</th>
                  <th scope="col">
                    <span class="unseen">Restart</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {settings.map((setting) => (
                  <Row key={setting.key} setting={setting} />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </div>
  );
}
