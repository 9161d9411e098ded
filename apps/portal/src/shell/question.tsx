'use client';

import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { failureOf } from '../trpc/failure.ts';
import { FailureNotice } from './failure-notice.tsx';
import styles from './question.module.css';

interface QuestionProps {
  /** On the button that asks. */
  ask: ReactNode;
  /** What the button and the question are called, each by itself. */
  about: string;
  /** What a yes means. */
  children: ReactNode;
  yes: string;
  no: string;
  /** A yes takes something away. */
  isGrave?: boolean;
  size?: 'xs' | 'sm';
  /** Until it has ended the question stays, and where it fails, with the reason. */
  onYes: () => Promise<unknown>;
}

/** A button for what is asked twice: the question, with what it means, takes its place until it is answered. */
export function Question({ ask, about, children, yes, no, isGrave = false, size = 'xs', onYes }: QuestionProps) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const means = useRef<HTMLParagraphElement>(null);
  const wasAsking = useRef(false);
  const answer = useMutation({ mutationFn: onYes, onSuccess: () => setAsking(false) });
  // What was pressed is gone each time: the keyboard is led on, and back. An answer that takes something away is not one key away.
  useEffect(() => {
    if (asking) means.current?.focus();
    else if (wasAsking.current) button.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <Button
        ref={button}
        size={size}
        variant="default"
        className={styles.ask}
        aria-label={about}
        onClick={() => {
          answer.reset();
          setAsking(true);
        }}
      >
        {ask}
      </Button>
    );
  }
  return (
    <fieldset className={styles.question} data-grave={isGrave || undefined} aria-label={about}>
      <p ref={means} tabIndex={-1}>
        {children}
      </p>
      {answer.error && <FailureNotice failure={failureOf(answer.error)} />}
      <div className={styles.answers}>
        <Button
          size="xs"
          {...(isGrave && { className: styles.grave })}
          loading={answer.isPending}
          onClick={() => answer.mutate()}
        >
          {yes}
        </Button>
        <Button size="xs" variant="default" disabled={answer.isPending} onClick={() => setAsking(false)}>
          {no}
        </Button>
      </div>
    </fieldset>
  );
}
