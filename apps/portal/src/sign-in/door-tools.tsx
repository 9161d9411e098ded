'use client';

import { AppearanceSwitch } from '../shell/appearance-switch.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';

/** What may be set before anybody has signed in. */
export function DoorTools() {
  return (
    <>
      <LanguageSwitch />
      <AppearanceSwitch />
    </>
  );
}
