import { z } from 'zod';

export const ingestQueue = 'ingest';

/** Says "look at this arrival". Everything else stands in the ledger, so a lost, late or double job does no harm. */
export const ingestJob = z.object({
  arrivalId: z.uuid(),
  /** The arrival's claim epoch when it was enqueued; see `ingestJobId`. */
  claimEpoch: z.string().regex(/^\d{1,19}$/),
});
export type IngestPayload = z.infer<typeof ingestJob>;

/**
 * One waiting job for each attempt: BullMQ ignores an `add` whose id exists in any state, so sweeping again while the
 * job waits adds nothing, and a claim (which raises the epoch) makes way for the next. An id of the arrival alone would
 * swallow every redrive; one of its own for each `add` would let the queue grow with each sweep.
 */
export function ingestJobId(payload: IngestPayload): string {
  return `${payload.arrivalId}.${payload.claimEpoch}`;
}
