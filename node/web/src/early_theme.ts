// Runs before the first paint, so that a theme chosen by hand does not flash.
import { applyTheme, readTheme } from './state/theme';

applyTheme(readTheme());
