'use client';

import { type FileFormat, fileNameEndings } from '@hikyaku/types';
import { Courier } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import styles from './drop-area.module.css';

interface DropAreaProps {
  /** Of the files that the chosen dataset takes. */
  format: FileFormat;
  onFiles: (files: File[]) => void;
  /** One line high, to leave the room to files on their way. */
  compact: boolean;
}

const formatNames: Record<FileFormat, string> = {
  csv: 'CSV',
  tsv: 'TSV',
  'json-lines': 'JSON Lines',
  xlsx: 'Excel',
};

/** Shows where to drop, though the whole page takes files, and offers the file picker to hands without a mouse. */
export function DropArea({ format, onFiles, compact }: DropAreaProps) {
  const translate = useTranslations('upload');
  const endings = fileNameEndings(format);
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const files = Array.from(input.current?.files ?? []);
    if (!input.current || files.length === 0) return;
    // Or choosing the same file again would change nothing.
    input.current.value = '';
    onFiles(files);
  };
  // Also what was chosen on a slow line before this script had come: nobody heard of it then.
  useEffect(take);
  return (
    <div className={styles.area} data-compact={compact || undefined}>
      <span className={styles.courier}>
        <Courier size={compact ? 32 : 56} />
      </span>
      <p className={styles.title}>{translate('drop', { format: formatNames[format] })}</p>
      <p className={styles.or}>{translate('or')}</p>
      <Button leftSection={<IconFileUpload size={20} stroke={1.75} />} onClick={() => input.current?.click()}>
        {translate('choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        // Systems know the last ending alone.
        accept={[...endings, '.gz'].join(',')}
        hidden
        aria-label={translate('choose')}
        onChange={take}
      />
      <p className={styles.formats}>
        {translate('formats', { format: formatNames[format], endings: endings.slice(0, 3).join(' ') })}
      </p>
    </div>
  );
}
