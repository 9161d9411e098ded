'use client';

import { type FileFormat, fileNameEndings } from '@hikyaku/types';
import { Courier } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { IconFileUpload, IconFolderUp } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef } from 'react';
import type { ChosenFiles } from './chosen-files.ts';
import styles from './drop-area.module.css';
import { pickFiles } from './pick-files.ts';

interface DropAreaProps {
  /** Of the files that the chosen dataset takes. */
  format: FileFormat;
  onFiles: (chosen: ChosenFiles) => void;
  /** One line high, to leave the room to files on their way. */
  compact: boolean;
}

const formatNames: Record<FileFormat, string> = {
  csv: 'CSV',
  tsv: 'TSV',
  'json-lines': 'JSON Lines',
  xlsx: 'Excel',
};

/** Lets an input choose a folder; React knows no such property, and passes it on. */
const wholeFolder = { webkitdirectory: '' };

/** Shows where to drop, though the whole page takes files, and offers the file picker to hands without a mouse. */
export function DropArea({ format, onFiles, compact }: DropAreaProps) {
  const translate = useTranslations('upload');
  // Systems know the last ending alone.
  const endings = [...fileNameEndings(format), '.gz'];
  const input = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const take = (from: RefObject<HTMLInputElement | null>) => {
    const files = Array.from(from.current?.files ?? []);
    if (!from.current || files.length === 0) return;
    // Or choosing the same file again would change nothing.
    from.current.value = '';
    onFiles({
      files: files.map((file) => ({ file, name: file.webkitRelativePath || undefined })),
      unreadable: [],
    });
  };
  const choose = async () => {
    const picked = await pickFiles(endings);
    if (picked) onFiles(picked);
    else input.current?.click();
  };
  // Also what was chosen on a slow line before this script had come: nobody heard of it then.
  useEffect(() => {
    take(input);
    take(folderInput);
  });
  return (
    <div className={styles.area} data-compact={compact || undefined}>
      <span className={styles.courier}>
        <Courier size={compact ? 32 : 56} />
      </span>
      <p className={styles.title}>{translate('drop', { format: formatNames[format] })}</p>
      <p className={styles.or}>{translate('or')}</p>
      <div className={styles.buttons}>
        <Button leftSection={<IconFileUpload size={20} stroke={1.75} />} onClick={() => void choose()}>
          {translate('choose')}
        </Button>
        <Button
          variant="default"
          className={styles.folder}
          leftSection={<IconFolderUp size={20} stroke={1.75} />}
          onClick={() => folderInput.current?.click()}
        >
          {translate('chooseFolder')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        accept={endings.join(',')}
        hidden
        aria-label={translate('choose')}
        onChange={() => take(input)}
      />
      <input
        ref={folderInput}
        type="file"
        {...wholeFolder}
        hidden
        aria-label={translate('chooseFolder')}
        onChange={() => take(folderInput)}
      />
      <p className={styles.formats}>
        {translate('formats', { format: formatNames[format], endings: endings.slice(0, 3).join(' ') })}
      </p>
    </div>
  );
}
