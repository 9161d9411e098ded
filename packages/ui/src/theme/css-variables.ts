import type { CSSVariablesResolver } from '@mantine/core';
import { type Palette, palettes } from './palette.ts';

/** Our colours as `--hk-*`, and Mantine's own variables pointed at them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--hk-radius': '6px',
    '--hk-shadow': '0 1px 2px rgb(20 24 31 / 6%), 0 8px 24px rgb(20 24 31 / 8%)',
    '--hk-quick': '150ms',
  },
  light: { ...namedColours(palettes.light), ...mantineColours },
  dark: { ...namedColours(palettes.dark), ...mantineColours },
});

/** Repeated for each scheme: Mantine's own values of a scheme would win over values for both. */
const mantineColours = {
  '--mantine-color-text': 'var(--hk-ink)',
  '--mantine-color-body': 'var(--hk-surface)',
  '--mantine-color-dimmed': 'var(--hk-quiet-ink)',
  '--mantine-color-anchor': 'var(--hk-indigo)',
  '--mantine-color-error': 'var(--hk-vermilion)',
  '--mantine-color-default': 'var(--hk-surface)',
  '--mantine-color-default-color': 'var(--hk-ink)',
  '--mantine-color-default-hover': 'var(--hk-hover)',
  '--mantine-color-default-border': 'var(--hk-edge)',
  '--mantine-color-placeholder': 'var(--hk-quiet-ink)',
  '--mantine-primary-color-filled': 'var(--hk-indigo)',
  '--mantine-primary-color-filled-hover': 'var(--hk-indigo-hover)',
};

function namedColours(palette: Palette): Record<string, string> {
  return Object.fromEntries(Object.entries(palette).map(([name, value]) => [`--hk-${kebab(name)}`, value]));
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
