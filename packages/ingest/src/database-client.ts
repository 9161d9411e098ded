import type { ClientBase } from 'pg';

/** One connection, logged in as the application's role. No function of this package opens or closes one. */
export type DatabaseClient = ClientBase;
