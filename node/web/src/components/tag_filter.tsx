interface Props {
  tags: string[];
  chosen: string;
  onChoose: (tag: string) => void;
}

/** Tags to press: one at a time, again to let go. */
export function TagFilter({ tags, chosen, onChoose }: Props) {
  if (!tags.length && !chosen) return null;
  const all = chosen && !tags.includes(chosen) ? [chosen, ...tags] : tags;
  return (
    <div class="chips" role="group" aria-label="Tags" data-testid="tag-filter">
      {all.map((tag) => (
        <button
          key={tag}
          type="button"
          class="chip"
          aria-pressed={tag === chosen}
          onClick={() => onChoose(tag === chosen ? '' : tag)}
        >
          {tag}
        </button>
      ))}
    </div>
  );
}
