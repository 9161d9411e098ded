import { listDatasetsProcedure } from './procedures/datasets/list.ts';
import { getReadingRulesProcedure } from './procedures/datasets/reading-rules.ts';
import { countFailedProcedure } from './procedures/files/failed.ts';
import { getFileProcedure } from './procedures/files/get.ts';
import { listFilesProcedure } from './procedures/files/list.ts';
import { getReceiptProcedure } from './procedures/files/receipt.ts';
import { redriveAllProcedure } from './procedures/files/redrive-all.ts';
import { redriveFileProcedure } from './procedures/files/redrive.ts';
import { listRejectsProcedure } from './procedures/files/rejects.ts';
import { fileStatesProcedure } from './procedures/files/states.ts';
import { countTodayProcedure } from './procedures/files/today.ts';
import { watchFileProcedure } from './procedures/files/watch.ts';
import { watchFileListProcedure } from './procedures/files/watch-list.ts';
import { acceptInvitationProcedure } from './procedures/invitations/accept.ts';
import { createInvitationProcedure } from './procedures/invitations/create.ts';
import { findInvitationProcedure } from './procedures/invitations/find.ts';
import { listInvitationsProcedure } from './procedures/invitations/list.ts';
import { revokeInvitationProcedure } from './procedures/invitations/revoke.ts';
import { addKeyProcedure } from './procedures/keys/add.ts';
import { listKeysProcedure } from './procedures/keys/list.ts';
import { restoreKeyProcedure } from './procedures/keys/restore.ts';
import { retireKeyProcedure } from './procedures/keys/retire.ts';
import { getMe } from './procedures/me/get.ts';
import { listMembersProcedure } from './procedures/members/list.ts';
import { listUnroutedProcedure } from './procedures/platform/unrouted.ts';
import { createTokenProcedure } from './procedures/tokens/create.ts';
import { listTokensProcedure } from './procedures/tokens/list.ts';
import { revokeTokenProcedure } from './procedures/tokens/revoke.ts';
import { abortUploadProcedure } from './procedures/uploads/abort.ts';
import { completeUploadProcedure } from './procedures/uploads/complete.ts';
import { createUploadProcedure } from './procedures/uploads/create.ts';
import { renewUploadProcedure } from './procedures/uploads/renew.ts';
import { listSentPartsProcedure } from './procedures/uploads/sent-parts.ts';
import { signPartsProcedure } from './procedures/uploads/sign-parts.ts';
import { signProbesProcedure } from './procedures/uploads/sign-probes.ts';
import { router } from './trpc/init.ts';

export const appRouter = router({
  me: router({ get: getMe }),
  datasets: router({ list: listDatasetsProcedure, readingRules: getReadingRulesProcedure }),
  uploads: router({
    create: createUploadProcedure,
    renew: renewUploadProcedure,
    sentParts: listSentPartsProcedure,
    signParts: signPartsProcedure,
    complete: completeUploadProcedure,
    abort: abortUploadProcedure,
    signProbes: signProbesProcedure,
  }),
  files: router({
    today: countTodayProcedure,
    list: listFilesProcedure,
    get: getFileProcedure,
    states: fileStatesProcedure,
    rejects: listRejectsProcedure,
    receipt: getReceiptProcedure,
    failed: countFailedProcedure,
    redrive: redriveFileProcedure,
    redriveAll: redriveAllProcedure,
    watch: watchFileProcedure,
    watchList: watchFileListProcedure,
  }),
  platform: router({ unrouted: listUnroutedProcedure }),
  keys: router({
    list: listKeysProcedure,
    add: addKeyProcedure,
    retire: retireKeyProcedure,
    restore: restoreKeyProcedure,
  }),
  members: router({ list: listMembersProcedure }),
  invitations: router({
    list: listInvitationsProcedure,
    create: createInvitationProcedure,
    revoke: revokeInvitationProcedure,
    find: findInvitationProcedure,
    accept: acceptInvitationProcedure,
  }),
  tokens: router({ list: listTokensProcedure, create: createTokenProcedure, revoke: revokeTokenProcedure }),
});

export type AppRouter = typeof appRouter;
