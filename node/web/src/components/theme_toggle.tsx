import { useState } from 'preact/hooks';
import { chooseTheme, readTheme, type Theme } from '../state/theme';
import { Icon, type IconName } from './icon';

const next: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
const words: Record<Theme, string> = {
  auto: 'Theme: system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};
const icons: Record<Theme, IconName> = { auto: 'system', light: 'sun', dark: 'moon' };

export function ThemeToggle() {
  const [theme, setTheme] = useState(readTheme);
  const press = () => {
    chooseTheme(next[theme]);
    setTheme(next[theme]);
  };
  return (
    <button
      type="button"
      class="button quiet compact"
      title="Change the colours"
      data-testid="theme-toggle"
      onClick={press}
    >
      <Icon name={icons[theme]} />
      {words[theme]}
    </button>
  );
}
