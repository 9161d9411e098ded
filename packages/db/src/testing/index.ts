export { type MigratedDatabase, migratedDatabase } from './migrated-database.ts';
