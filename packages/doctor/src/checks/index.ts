import type { Check } from '../check.ts';
import { clock } from './clock.ts';
import { connection } from './connection.ts';
import { credentials } from './credentials.ts';
import { deletion } from './deletion.ts';
import { encryption } from './encryption.ts';
import { identity } from './identity.ts';
import { instanceMetadata } from './instance-metadata.ts';
import { list } from './list.ts';
import { nameResolution } from './name-resolution.ts';
import { queue } from './queue.ts';
import { read } from './read.ts';
import { write } from './write.ts';

/** In the order in which they are made. */
export const checks: readonly Check[] = [
  credentials,
  instanceMetadata,
  identity,
  nameResolution,
  connection,
  clock,
  list,
  write,
  read,
  encryption,
  deletion,
  queue,
];
