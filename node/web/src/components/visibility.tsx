import type { Visibility } from '../api/types';

export const visibilityWords: Record<Visibility, string> = {
  public: 'Public',
  subscribers: 'Subscribers',
  private: 'Private',
};

interface Props {
  id: string;
  value: Visibility;
  onChange: (value: Visibility) => void;
}

/** Chooses who sees an image. */
export function VisibilitySelect({ id, value, onChange }: Props) {
  return (
    <select
      id={id}
      class="input short"
      value={value}
      data-testid={id}
      onChange={(event) => onChange(event.currentTarget.value as Visibility)}
    >
      {Object.entries(visibilityWords).map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  );
}
