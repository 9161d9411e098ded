-- Work before the organization is known. Each function does one named thing and returns ids.

-- Records that an object is there. The same object, announced twice or late, is found again and changes nothing.
CREATE FUNCTION record_arrival(
  new_arrival_id uuid, object_bucket text, object_key text, object_version_id text, object_etag text,
  object_size_bytes bigint, object_sequencer text,
  key_organization_id uuid, key_dataset_slug text, key_upload_id uuid,
  OUT arrival_id uuid, OUT arrival_organization_id uuid, OUT arrival_state arrival_state, OUT is_new boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  identity text := CASE WHEN object_version_id = 'null' THEN 'etag:' || object_etag ELSE object_version_id END;
  found_dataset dataset;
  found_upload upload;
  found_cause text;
  found_details jsonb;
  is_first_version boolean;
  becomes public.arrival_state := 'recorded';
BEGIN
  IF object_version_id = '' OR object_etag = '' THEN
    RAISE EXCEPTION 'an object needs a version id and an ETag' USING ERRCODE = 'check_violation';
  END IF;

  SELECT d.* INTO found_dataset FROM dataset d WHERE d.organization_id = key_organization_id AND d.slug = key_dataset_slug;
  IF found_dataset.id IS NULL THEN
    becomes := 'unrouted';
    found_cause := CASE WHEN EXISTS (SELECT FROM auth.organization o WHERE o.id = key_organization_id)
                        THEN 'no-dataset' ELSE 'no-organization' END;
    found_details := jsonb_build_object('key', object_key);
  ELSE
    -- Locked: a cancel and an arrival of the same upload happen one after the other.
    SELECT u.* INTO found_upload FROM upload u
     WHERE u.id = key_upload_id AND u.organization_id = key_organization_id AND u.bucket = object_bucket AND u.key = object_key
       FOR UPDATE;
  END IF;
  is_first_version := found_upload.version_id IS NULL
    OR (found_upload.version_id = object_version_id AND found_upload.etag = object_etag);

  INSERT INTO arrival (id, organization_id, dataset_id, upload_id, state, bucket, key, version_id, etag, object_identity,
                       size_bytes, sequencer, cause_code, cause_details)
  VALUES (new_arrival_id, found_dataset.organization_id, found_dataset.id,
          -- A second version of an upload's key is not that upload any more.
          CASE WHEN is_first_version THEN found_upload.id END,
          becomes, object_bucket, object_key, object_version_id, object_etag, identity,
          object_size_bytes, object_sequencer, found_cause, found_details)
  ON CONFLICT (bucket, key, object_identity) DO NOTHING;
  is_new := FOUND;

  SELECT a.id, a.organization_id, a.state INTO arrival_id, arrival_organization_id, arrival_state
    FROM arrival a WHERE a.bucket = object_bucket AND a.key = object_key AND a.object_identity = identity;
  IF NOT is_new OR becomes = 'unrouted' THEN RETURN; END IF;

  IF found_upload.id IS NOT NULL AND found_upload.version_id IS NULL THEN
    UPDATE upload SET version_id = object_version_id, etag = object_etag,
                      -- Somebody cancelled it, or it was judged by its size before: that stands.
                      state = CASE WHEN state = 'aborted' OR (state = 'refused' AND size_bytes <> object_size_bytes)
                                   THEN state ELSE 'stored' END,
                      settled_at = coalesce(settled_at, now())
     WHERE id = found_upload.id;
  END IF;

  becomes := 'queued';
  IF NOT is_first_version THEN
    becomes := 'quarantined'; found_cause := 'unexpected-version';
    INSERT INTO audit_event (organization_id, action, subject, subject_id, details)
    VALUES (found_dataset.organization_id, 'arrival.quarantine', 'arrival', record_arrival.arrival_id,
            jsonb_build_object('cause', found_cause, 'uploadId', found_upload.id, 'versionId', object_version_id));
  ELSIF found_upload.state = 'aborted' THEN
    becomes := 'refused'; found_cause := 'upload-cancelled';
  ELSIF object_size_bytes = 0 THEN
    becomes := 'refused'; found_cause := 'empty-file';
  ELSIF found_upload.id IS NOT NULL AND found_upload.size_bytes <> object_size_bytes THEN
    becomes := 'refused'; found_cause := 'size-mismatch';
    found_details := jsonb_build_object('expected', found_upload.size_bytes, 'found', object_size_bytes);
  ELSIF found_dataset.kind = 'files' THEN
    becomes := 'stored';
  END IF;
  UPDATE arrival a SET state = becomes, state_changed_at = now(), cause_code = found_cause, cause_details = found_details
   WHERE a.id = record_arrival.arrival_id;
  arrival_state := becomes;
END $$;

-- Gives one worker the arrival for a while. No row: somebody else has it, it waits for its time, or it is settled.
-- A claim that ran out by the database's clock may be taken over; the run that held it is released in the same breath.
CREATE FUNCTION claim_arrival(
  wanted_arrival_id uuid, new_run_id uuid, worker_name text, claim_seconds integer, most_attempts integer,
  OUT organization_id uuid, OUT claim_epoch bigint)
  RETURNS SETOF record
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  held arrival;
BEGIN
  -- Skipped when locked: its holder is committing right now.
  SELECT a.* INTO held FROM arrival a WHERE a.id = wanted_arrival_id FOR UPDATE SKIP LOCKED;
  IF held.id IS NULL OR held.organization_id IS NULL THEN RETURN; END IF;
  IF held.state = 'queued' THEN
    IF held.not_before > now() THEN RETURN; END IF;
  ELSIF held.state = 'running' THEN
    IF EXISTS (SELECT FROM ingest_run r WHERE r.arrival_id = held.id AND r.claim_epoch = held.claim_epoch
                  AND r.claim_expires_at > now() AND r.finished_at IS NULL) THEN RETURN; END IF;
    UPDATE ingest_run r SET state = 'released', cause_code = 'claim-lost', finished_at = now()
     WHERE r.arrival_id = held.id AND r.finished_at IS NULL;
  ELSE
    RETURN;
  END IF;

  IF held.attempts >= most_attempts THEN
    -- A run that dies without a word every time is stopped here: it may be the file that kills it.
    UPDATE arrival a SET state = 'failed', state_changed_at = now(), cause_code = 'too-many-attempts',
           cause_details = jsonb_build_object('attempts', held.attempts) WHERE a.id = held.id;
    RETURN;
  END IF;

  UPDATE arrival a SET state = 'running', claim_epoch = a.claim_epoch + 1, attempts = a.attempts + 1, not_before = NULL,
         cause_code = NULL, cause_details = NULL, state_changed_at = CASE WHEN a.state = 'running' THEN a.state_changed_at ELSE now() END
   WHERE a.id = held.id
  RETURNING a.organization_id, a.claim_epoch INTO organization_id, claim_epoch;
  INSERT INTO ingest_run (id, organization_id, arrival_id, attempt, claim_epoch, claimed_by, claim_expires_at, staging_table)
  VALUES (new_run_id, organization_id, held.id, held.attempts + 1, claim_epoch, worker_name,
          now() + make_interval(secs => claim_seconds), '_staging_' || replace(new_run_id::text, '-', ''));
  RETURN NEXT;
END $$;

-- Arrivals that should be moving and aren't known to: no wake-up can be trusted to have survived.
CREATE FUNCTION list_due_arrivals(most integer)
  RETURNS TABLE (arrival_id uuid, claim_epoch bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT a.id, a.claim_epoch FROM arrival a
   WHERE (a.state = 'queued' AND coalesce(a.not_before, a.state_changed_at + interval '5 seconds') <= now())
      OR (a.state = 'running' AND NOT EXISTS (
            SELECT FROM ingest_run r WHERE r.arrival_id = a.id AND r.claim_epoch = a.claim_epoch
               AND r.finished_at IS NULL AND r.claim_expires_at > now()))
   ORDER BY a.position LIMIT most
$$;
CREATE INDEX arrival_moving ON arrival (position) WHERE state IN ('recorded', 'queued', 'running');

-- Uploads whose URLs are dead and whose object never came.
CREATE FUNCTION expire_uploads() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  expired integer;
BEGIN
  UPDATE upload SET state = 'expired', settled_at = now()
   WHERE state IN ('created', 'uploading', 'completing') AND expires_at < now() - interval '1 hour';
  GET DIAGNOSTICS expired = ROW_COUNT;
  RETURN expired;
END $$;
CREATE INDEX upload_open ON upload (expires_at) WHERE state IN ('created', 'uploading', 'completing');

-- Staging tables whose run is over, by organization schema: what a killed worker left behind.
CREATE FUNCTION list_orphan_staging_tables()
  RETURNS TABLE (schema_name text, table_name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT n.nspname::text, c.relname::text
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname ~ '^org_[0-9a-f]{32}$' AND c.relkind = 'r' AND c.relname ~ '^_staging_[0-9a-f]{32}'
     AND NOT EXISTS (SELECT FROM ingest_run r WHERE r.finished_at IS NULL AND r.staging_table = substring(c.relname FROM '^_staging_[0-9a-f]{32}'))
$$;

REVOKE ALL ON FUNCTION record_arrival, claim_arrival, list_due_arrivals, expire_uploads, list_orphan_staging_tables FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_arrival, claim_arrival, list_due_arrivals, expire_uploads, list_orphan_staging_tables TO hikyaku_app;
