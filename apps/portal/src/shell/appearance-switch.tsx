'use client';

import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useId, useSyncExternalStore } from 'react';
import styles from './appearance-switch.module.css';

const choices = [
  ['auto', IconDeviceDesktop],
  ['light', IconSun],
  ['dark', IconMoon],
] as const satisfies [MantineColorScheme, unknown][];

/** Light, dark, or as the device says. */
export function AppearanceSwitch() {
  const translate = useTranslations('appearance');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = useId();
  // The choice lies in the browser: the server does not know it, so nothing is marked before the page has woken up.
  const awake = useSyncExternalStore(
    noChange,
    () => true,
    () => false,
  );
  return (
    <fieldset className={styles.switch}>
      <legend className={styles.legend}>{translate('label')}</legend>
      {choices.map(([scheme, Icon]) => (
        <label key={scheme} className={styles.choice} title={translate(scheme)}>
          <input
            type="radio"
            name={name}
            value={scheme}
            checked={awake && colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          <Icon size={18} stroke={1.75} aria-hidden="true" />
          <span className={styles.legend}>{translate(scheme)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function noChange(): () => void {
  return () => undefined;
}
