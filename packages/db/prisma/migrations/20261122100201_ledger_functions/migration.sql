-- All terminal states and the ways out of them. docs/ledger.md draws this as one picture.

CREATE OR REPLACE FUNCTION is_arrival_transition(was arrival_state, becomes arrival_state) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN CASE was
    WHEN 'recorded' THEN becomes IN ('waiting', 'queued', 'refused', 'quarantined', 'unrouted', 'stored')
    WHEN 'waiting' THEN becomes IN ('queued', 'refused', 'quarantined', 'superseded', 'stored', 'failed')
    WHEN 'queued' THEN becomes IN ('running', 'duplicate', 'same_content', 'refused', 'quarantined', 'superseded', 'failed')
    WHEN 'running' THEN becomes IN ('queued', 'waiting', 'taken_in', 'stored', 'same_content', 'stale', 'superseded', 'refused', 'quarantined', 'failed')
    -- A person may act on these; what is taken in stays taken in.
    WHEN 'failed' THEN becomes = 'queued'
    WHEN 'refused' THEN becomes = 'queued'
    WHEN 'unrouted' THEN becomes IN ('queued', 'stored')
    WHEN 'quarantined' THEN becomes IN ('queued', 'refused')
    ELSE false
  END;

-- Whether running it again can end differently: not where the bytes themselves are at fault, or gone.
CREATE FUNCTION is_redrivable(state arrival_state, cause_code text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN CASE state
    WHEN 'failed' THEN true
    WHEN 'quarantined' THEN cause_code = 'unexpected-version'
    WHEN 'refused' THEN cause_code NOT IN (
      'empty-file', 'size-mismatch', 'checksum-mismatch', 'upload-cancelled', 'object-missing', 'object-deleted',
      'damaged-encryption', 'damaged-compression')
    ELSE false
  END;
GRANT EXECUTE ON FUNCTION is_redrivable(arrival_state, text) TO hikyaku_app;

-- Gives one worker the arrival for a while. No row: somebody else has it, it waits for its time or for an older version of its
-- key, or it is settled, perhaps just now: what was taken in before is not read again.
-- A claim that ran out by the database's clock may be taken over; the run that held it is released in the same breath.
CREATE OR REPLACE FUNCTION claim_arrival(
  wanted_arrival_id uuid, new_run_id uuid, worker_name text, claim_seconds integer, most_attempts integer,
  OUT organization_id uuid, OUT claim_epoch bigint)
  RETURNS SETOF record
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  held arrival;
  earlier uuid;
BEGIN
  -- Skipped when locked: its holder is committing right now.
  SELECT a.* INTO held FROM arrival a WHERE a.id = wanted_arrival_id FOR UPDATE SKIP LOCKED;
  IF held.id IS NULL OR held.organization_id IS NULL THEN RETURN; END IF;
  IF held.state = 'queued' THEN
    IF held.not_before > now() THEN RETURN; END IF;
    -- Versions of one key one after the other; but one that waits for its next attempt holds nobody up.
    IF EXISTS (SELECT FROM arrival o WHERE o.bucket = held.bucket AND o.key = held.key AND o.position < held.position
                  AND (o.state = 'running' OR (o.state = 'queued' AND coalesce(o.not_before, now()) <= now()))) THEN
      RETURN;
    END IF;
    earlier := find_duplicate(held);
    IF earlier IS NOT NULL THEN
      UPDATE arrival a SET state = 'duplicate', state_changed_at = now(), cause_code = NULL,
             cause_details = jsonb_build_object('arrivalId', earlier) WHERE a.id = held.id;
      RETURN;
    END IF;
    earlier := find_announced_content(held);
    IF earlier IS NOT NULL THEN
      UPDATE arrival a SET state = 'same_content', state_changed_at = now(), cause_code = NULL,
             cause_details = jsonb_build_object('arrivalId', earlier) WHERE a.id = held.id;
      RETURN;
    END IF;
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

-- The earlier version of the key that was taken in with the same content, where taking this one in too would change nothing:
-- no other file of the dataset came in between, or may still come there. (Files that only insert don't undo each other.)
CREATE FUNCTION find_duplicate(held arrival) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT e.id FROM arrival e
   WHERE e.bucket = held.bucket AND e.key = held.key AND e.position < held.position
     AND e.etag = held.etag AND e.size_bytes = held.size_bytes AND e.dataset_id = held.dataset_id AND e.state = 'taken_in'
     AND ((SELECT d.definition ->> 'mode' = 'insert' FROM dataset d WHERE d.id = held.dataset_id) IS TRUE
          OR NOT EXISTS (SELECT FROM arrival b
                WHERE b.dataset_id = held.dataset_id AND b.position > e.position AND b.position < held.position
                  AND (b.state IN ('recorded', 'waiting', 'queued', 'running', 'taken_in') OR is_redrivable(b.state, b.cause_code))))
   ORDER BY e.position DESC LIMIT 1
$$;

-- The file of the dataset that was taken in with the content this one's sender announced, where the dataset skips such.
CREATE FUNCTION find_announced_content(held arrival) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT e.id FROM upload u
    JOIN dataset d ON d.id = held.dataset_id AND d.definition ->> 'sameContent' = 'skip'
    JOIN arrival e ON e.dataset_id = d.id AND e.checksum_sha256 = u.sha256 AND e.state = 'taken_in'
   WHERE u.id = held.upload_id
   ORDER BY e.position LIMIT 1
$$;
REVOKE ALL ON FUNCTION find_duplicate(arrival), find_announced_content(arrival) FROM PUBLIC;

-- Three questions of the transaction's organization that partial indexes answer. As functions: under row-level security the
-- planner may not look at a state before it has looked at the organization, and would read every arrival there ever was.

-- Whether an older file of the dataset may still be merged. A place that isn't known yet may be an older one.
CREATE FUNCTION may_be_overtaken(of_dataset_id uuid, of_position bigint, of_arrival_id uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM arrival a
    WHERE a.dataset_id = of_dataset_id AND a.organization_id = current_organization_id() AND a.id <> of_arrival_id
      AND (a.source_position IS NULL OR (a.source_position, a.id) < (of_position, of_arrival_id))
      AND a.state IN ('recorded', 'waiting', 'queued', 'running', 'quarantined', 'failed'))
$$;

-- Whether another file of the dataset was taken in with this content.
CREATE FUNCTION has_content(of_dataset_id uuid, of_checksum_sha256 text, but_arrival_id uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM arrival a
    WHERE a.dataset_id = of_dataset_id AND a.organization_id = current_organization_id() AND a.id <> but_arrival_id
      AND a.checksum_sha256 = of_checksum_sha256 AND a.state = 'taken_in')
$$;

-- Failed files, of one dataset or of all.
CREATE FUNCTION count_failed(of_dataset_id uuid) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT count(*)::integer FROM arrival a
   WHERE a.organization_id = current_organization_id() AND a.state = 'failed'
     AND (of_dataset_id IS NULL OR a.dataset_id = of_dataset_id)
$$;

-- Puts a settled file of the transaction's organization in line again, at its old place in the order, with all its attempts.
-- Answers `queued`, `not-found`, `not-redrivable` or `newer-taken-in`.
CREATE FUNCTION redrive_arrival(wanted_arrival_id uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  held arrival;
  its_dataset dataset;
BEGIN
  SELECT a.* INTO held FROM arrival a WHERE a.id = wanted_arrival_id AND a.organization_id = current_organization_id() FOR UPDATE;
  IF held.id IS NULL THEN RETURN 'not-found'; END IF;
  IF NOT is_redrivable(held.state, held.cause_code) THEN RETURN 'not-redrivable'; END IF;
  -- For a refused file nobody kept the place free: newer ones left rows alone that they found as they wanted them, and this one
  -- would overwrite those. Locked before it is looked at, so that none is committed in between (see `moveWatermark`).
  IF held.state = 'refused' THEN
    SELECT d.* INTO its_dataset FROM dataset d WHERE d.id = held.dataset_id FOR NO KEY UPDATE;
    IF coalesce(its_dataset.definition ->> 'mode', 'upsert') = 'upsert'
       AND coalesce(its_dataset.definition #>> '{order,by}', 'arrival') = 'arrival'
       AND (its_dataset.watermark_position, its_dataset.watermark_arrival_id) > (held.source_position, held.id) THEN
      RETURN 'newer-taken-in';
    END IF;
  END IF;
  DELETE FROM reject WHERE arrival_id = held.id;
  DELETE FROM reject_line WHERE arrival_id = held.id;
  DELETE FROM reject_header WHERE arrival_id = held.id;
  -- The epoch rises, so that no job of the time before stands for this one.
  UPDATE arrival SET state = 'queued', state_changed_at = now(), not_before = now(), attempts = 0, claim_epoch = claim_epoch + 1,
         cause_code = NULL, cause_details = NULL, checksum_sha256 = NULL, encryption = NULL, compression = NULL, encoding = NULL, format = NULL,
         rows_read = NULL, rows_inserted = NULL, rows_updated = NULL, rows_unchanged = NULL, rows_repeated = NULL, rows_rejected = NULL,
         rows_deleted = NULL
   WHERE id = held.id;
  RETURN 'queued';
END $$;

-- Failed files of the transaction's organization, the oldest first, at most so many; of one dataset, or of all.
CREATE FUNCTION redrive_failed(of_dataset_id uuid, most integer) RETURNS integer
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT count(*)::integer FROM (
    SELECT redrive_arrival(a.id) AS answer FROM (
      SELECT id FROM arrival
       WHERE organization_id = current_organization_id() AND state = 'failed' AND (of_dataset_id IS NULL OR dataset_id = of_dataset_id)
       ORDER BY position LIMIT most FOR UPDATE SKIP LOCKED) a
    OFFSET 0) redriven
   WHERE answer = 'queued'
$$;
CREATE INDEX arrival_failed ON arrival (organization_id, position) WHERE state = 'failed';

-- Objects that fitted nothing when they came, and do now: they get in line as if they came this moment.
CREATE FUNCTION route_arrivals(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  routed integer;
BEGIN
  WITH found AS (
    SELECT a.id, a.key, d.id AS dataset_id, d.organization_id, d.kind, d.definition #>> '{order,by}' AS order_by,
           nextval(pg_get_serial_sequence('arrival', 'position')) AS place
      FROM (SELECT id, key FROM arrival WHERE state = 'unrouted' AND key LIKE 'incoming/%/%/%' FOR UPDATE SKIP LOCKED) a
      JOIN dataset d ON d.organization_id::text = split_part(a.key, '/', 2) AND d.slug = split_part(a.key, '/', 3)
     LIMIT most)
  UPDATE arrival a SET organization_id = found.organization_id, dataset_id = found.dataset_id, position = found.place,
         source_position = CASE WHEN found.order_by = 'name-date' THEN NULL ELSE found.place END,
         state = CASE WHEN found.kind = 'files' OR is_signature_key(a.key) THEN 'stored' ELSE 'queued' END::arrival_state,
         state_changed_at = now(),
         not_before = now(), claim_epoch = a.claim_epoch + 1, cause_code = NULL, cause_details = NULL
    FROM found WHERE a.id = found.id;
  GET DIAGNOSTICS routed = ROW_COUNT;
  RETURN routed;
END $$;

-- A version that is gone for good. Nothing that was taken in changes; what was not will find it missing.
CREATE FUNCTION note_deleted_object(object_bucket text, object_key text, object_version_id text, at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  noted integer;
BEGIN
  UPDATE arrival SET object_deleted_at = at
   WHERE bucket = object_bucket AND key = object_key AND version_id = object_version_id AND object_deleted_at IS NULL;
  GET DIAGNOSTICS noted = ROW_COUNT;
  RETURN noted;
END $$;

-- Of a page of a listing, by place from 1: the objects that the ledger doesn't know.
CREATE FUNCTION list_unknown_objects(object_bucket text, keys text[], version_ids text[], etags text[])
  RETURNS TABLE (place integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT o.place::integer FROM unnest(keys, version_ids, etags) WITH ORDINALITY AS o (key, version_id, etag, place)
   WHERE NOT EXISTS (SELECT FROM arrival a WHERE a.bucket = object_bucket AND a.key = o.key
            AND a.object_identity = CASE WHEN o.version_id = 'null' THEN 'etag:' || o.etag ELSE o.version_id END)
   ORDER BY o.place
$$;

-- Gives one worker the listing of a bucket's prefix, where it stopped. No row: another has it, or the last one ended less than
-- `interval_seconds` ago.
CREATE FUNCTION claim_reconciliation(
  wanted_bucket text, wanted_prefix text, worker_name text, claim_seconds integer, interval_seconds integer,
  OUT next_key_marker text, OUT next_version_id_marker text)
  RETURNS SETOF record
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO reconciliation (bucket, prefix) VALUES (wanted_bucket, wanted_prefix) ON CONFLICT DO NOTHING;
  RETURN QUERY
    UPDATE reconciliation r SET claimed_by = worker_name, claim_expires_at = now() + make_interval(secs => claim_seconds),
           -- A new pass counts anew.
           objects_listed = CASE WHEN r.key_marker IS NULL THEN 0 ELSE r.objects_listed END,
           objects_found = CASE WHEN r.key_marker IS NULL THEN 0 ELSE r.objects_found END
     WHERE (r.bucket, r.prefix) = (wanted_bucket, wanted_prefix)
       AND (r.claim_expires_at IS NULL OR r.claim_expires_at <= now())
       AND (r.key_marker IS NOT NULL OR r.finished_at IS NULL OR r.finished_at <= now() - make_interval(secs => interval_seconds))
    RETURNING r.key_marker, r.version_id_marker;
END $$;

-- A page is done: where the next one begins, NULL after the last. False: the claim ran out and another has it.
CREATE FUNCTION advance_reconciliation(
  wanted_bucket text, wanted_prefix text, worker_name text, claim_seconds integer,
  new_key_marker text, new_version_id_marker text, listed_now integer, found_now integer) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  UPDATE reconciliation SET key_marker = new_key_marker, version_id_marker = new_version_id_marker,
         objects_listed = objects_listed + listed_now, objects_found = objects_found + found_now,
         finished_at = CASE WHEN new_key_marker IS NULL THEN now() ELSE finished_at END,
         claim_expires_at = CASE WHEN new_key_marker IS NULL THEN NULL ELSE now() + make_interval(secs => claim_seconds) END
   WHERE (bucket, prefix) = (wanted_bucket, wanted_prefix) AND claimed_by = worker_name AND claim_expires_at IS NOT NULL;
  RETURN FOUND;
END $$;

-- The listing is somebody else's to go on with, from the last page that is done.
CREATE FUNCTION release_reconciliation(wanted_bucket text, wanted_prefix text, worker_name text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  UPDATE reconciliation SET claim_expires_at = NULL
   WHERE (bucket, prefix) = (wanted_bucket, wanted_prefix) AND claimed_by = worker_name
$$;

REVOKE ALL ON FUNCTION may_be_overtaken, has_content, count_failed, redrive_arrival, redrive_failed, route_arrivals, note_deleted_object, list_unknown_objects,
  claim_reconciliation, advance_reconciliation, release_reconciliation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_be_overtaken, has_content, count_failed, redrive_arrival, redrive_failed, route_arrivals, note_deleted_object, list_unknown_objects,
  claim_reconciliation, advance_reconciliation, release_reconciliation TO hikyaku_app;
