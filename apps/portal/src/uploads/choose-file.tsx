'use client';

import { Button } from '@mantine/core';
import { useRef } from 'react';
import { reopenFile } from './reopen-file.ts';

interface ChooseFileProps {
  /** Opened first, where the browser kept one and lets it. */
  handle: FileSystemFileHandle | undefined;
  label: string;
  /** Of the field behind the button. */
  inputLabel: string;
  onFile: (file: File) => void;
}

/** Gets one file back that this page can't read any more: by its handle after a click, or chosen by hand. */
export function ChooseFile({ handle, label, inputLabel, onFile }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = async () => {
    const file = await reopenFile(handle);
    if (file) onFile(file);
    else input.current?.click();
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => void choose()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={inputLabel}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
