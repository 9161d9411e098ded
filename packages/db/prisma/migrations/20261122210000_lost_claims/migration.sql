-- A try is what ended for a reason, or without a word. A claim that a living worker gave back or lost, because it or the database
-- was too slow, is none: no such file may end as `failed`.

-- AlterTable
ALTER TABLE "ingest_run" ADD COLUMN     "counts" BOOLEAN NOT NULL DEFAULT true;

UPDATE ingest_run SET counts = false WHERE state = 'released' AND cause_code = 'stopped';

-- The worker of a run says that it lives, and that the run is over because its claim was lost, or never reached it. Nobody can know
-- that when the claim is taken over, or given up after the last try: so the try is counted then, and taken back here. Where nobody
-- has taken over, the arrival is in line again, later each time: whatever makes a worker lose claims gets no more by it than one
-- look an hour. Again, or for a run that ended in another way or is not there, it changes nothing.
CREATE FUNCTION withdraw_claim(of_run_id uuid, retry_seconds integer) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  held arrival;
  run ingest_run;
  lost integer;
BEGIN
  -- In the order of everybody else: the arrival, then its run.
  SELECT a.* INTO held FROM arrival a WHERE a.id = (SELECT r.arrival_id FROM ingest_run r WHERE r.id = of_run_id) FOR UPDATE;
  SELECT r.* INTO run FROM ingest_run r WHERE r.id = of_run_id;
  IF run.id IS NULL OR NOT run.counts THEN RETURN; END IF;
  IF run.finished_at IS NOT NULL AND run.cause_code IS DISTINCT FROM 'claim-lost' THEN RETURN; END IF;

  UPDATE ingest_run SET counts = false, state = 'released', cause_code = 'claim-lost', finished_at = coalesce(finished_at, now())
   WHERE id = run.id;
  IF (held.state = 'running' AND held.claim_epoch = run.claim_epoch)
     OR (held.state = 'failed' AND held.cause_code = 'too-many-attempts') THEN
    SELECT count(*) INTO lost FROM ingest_run r WHERE r.arrival_id = held.id AND r.cause_code = 'claim-lost' AND NOT r.counts;
    -- The epoch rises, so that no job of the time before stands for this one.
    UPDATE arrival SET state = 'queued', state_changed_at = now(), cause_code = 'claim-lost', cause_details = '{}',
           claim_epoch = claim_epoch + 1, attempts = greatest(attempts - 1, 0),
           not_before = now() + make_interval(secs => least(retry_seconds * 2 ^ least(lost - 1, 12), 3600))
     WHERE id = held.id;
  ELSIF held.state IN ('queued', 'running') THEN
    UPDATE arrival SET attempts = greatest(attempts - 1, 0) WHERE id = held.id;
  END IF;
END $$;
REVOKE ALL ON FUNCTION withdraw_claim FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_claim TO hikyaku_app;
