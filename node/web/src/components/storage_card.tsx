import { describeStorage } from '../text/storage';
import { Icon } from './icon';

export function StorageCard({ storage }: { storage: Record<string, unknown> }) {
  const { facts, share } = describeStorage(storage);
  const percent = share === undefined ? 0 : Math.round(share * 100);
  return (
    <section class="card stack" data-testid="storage-card">
      <h2 class="row">
        <Icon name="disk" /> Storage
      </h2>
      {share !== undefined && (
        <div>
          <div
            class="meter"
            role="meter"
            aria-label="Disk in use"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
          >
            <div style={{ width: `${percent}%` }} />
          </div>
          <p class="muted small">{percent} % of the disk is in use</p>
        </div>
      )}
      <dl class="pairs">
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
