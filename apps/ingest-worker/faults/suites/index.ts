import type { FaultCase } from '../fault-case.ts';
import { awayCases, backlogCases, bodyCases } from './backlogs.ts';
import { databaseCases } from './database.ts';
import { freezeCases } from './freezes.ts';
import { killCases } from './kills.ts';
import { outageCases } from './outages.ts';
import { bombCases, ciphertextCases, poisonRowCases } from './poison.ts';

export interface Suite {
  id: string;
  what: string;
  /** How many the goals ask for. */
  count: number;
  /** Whether it stops PostgreSQL, and needs one that nobody else uses. */
  stopsPostgres?: boolean;
  make: (seed: number, count: number) => FaultCase[];
}

export const suites: readonly Suite[] = [
  { id: 'R1', what: '`kill -9` of a worker at each of ten points', count: 100, make: killCases },
  {
    id: 'R17',
    what: 'a worker frozen past its claim, another takes over, the first goes on',
    count: 40,
    make: freezeCases,
  },
  {
    id: 'R3',
    what: 'S3, SQS, the jobs or PostgreSQL gone, slow, resetting, silent, answering 500 or 503; the jobs emptied',
    count: 60,
    make: outageCases,
  },
  {
    id: 'R5',
    what: 'poisoned rows between good ones, in every format and encoding',
    count: 90,
    make: poisonRowCases,
  },
  {
    id: 'R6',
    what: 'bombs; archives and workbooks that are damaged or not what they say',
    count: 150,
    make: bombCases,
  },
  {
    id: 'R7',
    what: 'ciphertext damaged, for somebody else, signed by somebody else or by nobody',
    count: 500,
    make: ciphertextCases,
  },
  { id: 'R12', what: 'unreadable messages between good ones', count: 2_000, make: bodyCases },
  { id: 'backlog', what: 'two workers share a backlog', count: 2_000, make: backlogCases },
  {
    id: 'R2',
    what: 'PostgreSQL killed, stopped, one backend killed, connections cut, also at COMMIT',
    count: 30,
    stopsPostgres: true,
    make: databaseCases,
  },
  {
    id: 'away',
    what: 'PostgreSQL away for a minute while files arrive',
    count: 200,
    stopsPostgres: true,
    make: awayCases,
  },
];
