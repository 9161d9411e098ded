import type { FileStateTone } from '@hikyaku/texts';
import {
  IconAlertCircle,
  IconCircleArrowRight,
  IconCircleCheck,
  IconCircleMinus,
  IconClockPause,
} from '@tabler/icons-react';

const icons = {
  working: IconCircleArrowRight,
  waiting: IconClockPause,
  done: IconCircleCheck,
  skipped: IconCircleMinus,
  act: IconAlertCircle,
} as const satisfies Record<FileStateTone, unknown>;

export function ToneIcon({ tone, size = 18 }: { tone: FileStateTone; size?: number }) {
  const Icon = icons[tone];
  return <Icon size={size} stroke={2} aria-hidden="true" />;
}
