'use client';

import type { GrammarFinding, LintFinding, Severity } from '@hikyaku/policies';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useIsReady } from '../shell/use-is-ready.ts';
import type { AttachedName } from './attached-policy.ts';
import styles from './policy-editor.module.css';

interface PolicyEditorProps {
  name: AttachedName;
  text: string;
  findings: readonly (GrammarFinding | LintFinding)[];
  onWrite: (text: string) => void;
}

/** Lines that are shown at once; of more the field scrolls. */
const [leastLines, mostLines] = [10, 36];
/** No policy of AWS comes to that many lines; what is pasted may. */
const mostNumbers = 2_000;
const gravity: readonly Severity[] = ['error', 'security', 'warning', 'suggestion'];

/** A field for JSON: lines that have findings are marked beside it. */
export function PolicyEditor({ name, text, findings, onWrite }: PolicyEditorProps) {
  const translate = useTranslations('policies');
  const isReady = useIsReady();
  const gutter = useRef<HTMLDivElement>(null);
  const lineCount = text.split('\n').length;
  const marks = new Map<number, Severity>();
  for (const severity of gravity.toReversed()) {
    for (const found of findings) if (found.severity === severity) marks.set(found.position.line, severity);
  }
  const shown = Math.min(Math.max(lineCount, leastLines), mostLines);
  return (
    <div className={styles.editor}>
      <div className={styles.gutter} aria-hidden="true">
        <div ref={gutter}>
          {Array.from({ length: Math.min(Math.max(lineCount, shown), mostNumbers) }, (_, index) => (
            <span key={index} className={styles.number} data-severity={marks.get(index + 1)}>
              {index + 1}
            </span>
          ))}
        </div>
      </div>
      <textarea
        id={editorId(name)}
        className={styles.text}
        aria-label={translate(`kind.${name}`)}
        placeholder={translate('paste')}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        translate="no"
        wrap="off"
        rows={shown}
        value={text}
        readOnly={!isReady}
        onChange={(event) => onWrite(event.currentTarget.value)}
        onScroll={({ currentTarget }) => {
          if (gutter.current) gutter.current.style.transform = `translateY(-${currentTarget.scrollTop}px)`;
        }}
      />
    </div>
  );
}

/** Leads from a finding to its place. */
export function goToLine(name: AttachedName, position: { line: number; column: number }): void {
  const field = document.querySelector<HTMLTextAreaElement>(`#${editorId(name)}`);
  if (!field) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, position.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  field.focus();
  field.setSelectionRange(start + position.column - 1, start + (lines[position.line - 1]?.length ?? 0));
}

function editorId(name: AttachedName): string {
  return `policy-${name}`;
}
