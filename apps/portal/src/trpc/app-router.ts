export type { AppRouter } from '@hikyaku/api';
