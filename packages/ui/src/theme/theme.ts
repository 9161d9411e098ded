import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

/** Mantine wants ten shades; ours are the two of look.md and steps between, used only where a component asks by index. */
const indigo: MantineColorsTuple = [
  '#EEF3F8',
  '#D9E4EF',
  '#B4CBE1',
  '#7FB0E0',
  '#5A8FC2',
  '#3B72A5',
  '#22527F',
  '#1A4166',
  '#14334F',
  '#0E2439',
];

const fonts =
  "'Noto Sans JP Variable', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic UI', Meiryo, system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'indigo',
  colors: { indigo },
  fontFamily: fonts,
  fontFamilyMonospace: `ui-monospace, 'SFMono-Regular', Consolas, monospace, 'Noto Sans JP Variable'`,
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.5', sm: '1.6', md: '1.7', lg: '1.6', xl: '1.5' },
  headings: { fontFamily: fonts, fontWeight: '600' },
  defaultRadius: 6,
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  spacing: { xs: '8px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  shadows: { xs: 'var(--hk-shadow)', sm: 'var(--hk-shadow)', md: 'var(--hk-shadow)', lg: 'var(--hk-shadow)' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Input: {
      styles: {
        wrapper: {
          '--input-bg': 'var(--hk-surface)',
          '--input-bd': 'var(--hk-edge)',
          '--input-color': 'var(--hk-ink)',
          '--input-placeholder-color': 'var(--hk-quiet-ink)',
          '--input-section-color': 'var(--hk-quiet-ink)',
        },
      },
    },
  },
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    if (input.color && input.color !== 'indigo') return colours;
    if (input.variant === 'filled') {
      return {
        ...colours,
        background: 'var(--hk-indigo)',
        hover: 'var(--hk-indigo-hover)',
        color: 'var(--hk-on-indigo)',
      };
    }
    if (input.variant === 'subtle') {
      return { ...colours, background: 'transparent', hover: 'var(--hk-hover)', color: 'var(--hk-indigo)' };
    }
    return colours;
  },
});
