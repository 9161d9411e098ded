'use client';

import { FileName } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { IconFile, IconFileCertificate } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import styles from './verify-page.module.css';

interface FileChoiceProps {
  kind: 'receipt' | 'file';
  title: string;
  hint: string;
  button: string;
  chosen: string | undefined;
  onFile: (file: File) => void;
}

/** One thing to choose: what it is, a button, and what was chosen. */
export function FileChoice({ kind, title, hint, button, chosen, onFile }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const Icon = kind === 'receipt' ? IconFileCertificate : IconFile;
  const take = () => {
    const file = input.current?.files?.[0];
    if (!input.current || !file) return;
    // Or choosing the same file again would change nothing.
    input.current.value = '';
    onFile(file);
  };
  // Also what was chosen on a slow line before this script had come: nobody heard of it then.
  useEffect(take);
  return (
    <div className={styles.choice}>
      <h2 className={styles.choiceTitle}>{title}</h2>
      <p id={hintId} className={styles.hint}>
        {hint}
      </p>
      <Button
        variant={chosen === undefined && kind === 'receipt' ? 'filled' : 'default'}
        leftSection={<Icon size={20} stroke={1.75} aria-hidden="true" />}
        aria-describedby={hintId}
        onClick={() => input.current?.click()}
      >
        {button}
      </Button>
      <input
        ref={input}
        type="file"
        {...(kind === 'receipt' && { accept: '.json,application/json' })}
        hidden
        aria-label={button}
        onChange={take}
      />
      {chosen !== undefined && (
        <p className={styles.chosen}>
          <FileName name={chosen} />
        </p>
      )}
    </div>
  );
}
