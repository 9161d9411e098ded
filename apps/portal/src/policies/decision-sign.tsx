import type { Decision } from '@hikyaku/policies';
import { IconBan, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import styles from './decisions.module.css';

const icons = {
  Allowed: IconCircleCheck,
  ExplicitlyDenied: IconBan,
  ImplicitlyDenied: IconCircleMinus,
} as const satisfies Record<Decision['outcome'], unknown>;

/** A decision as icon and word. */
export function DecisionSign({ outcome }: { outcome: Decision['outcome'] }) {
  const translate = useTranslations('policies.outcome');
  const Icon = icons[outcome];
  return (
    <span className={styles.sign} data-outcome={outcome}>
      <Icon size={18} aria-hidden="true" />
      {translate(outcome)}
    </span>
  );
}
