-- Files stand in the order in which they were handed over, not in that of their messages: a message that comes late, because the
-- worker that had it died, leaves its file at its place.

-- An upload's is the moment it was begun, for that is when its content was chosen; of other objects what S3 says.
ALTER TABLE "arrival" ADD COLUMN     "object_at" TIMESTAMPTZ(3);
-- What is there keeps its order, before all that comes.
UPDATE arrival SET object_at = to_timestamp(position / 1000.0);
ALTER TABLE "arrival" ALTER COLUMN "object_at" SET NOT NULL;

-- By the database's clock, whichever process begins it.
ALTER TABLE "upload" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();

CREATE FUNCTION milliseconds_of(at timestamptz) RETURNS bigint
  LANGUAGE sql IMMUTABLE
  RETURN (extract(epoch FROM at) * 1000)::bigint;

-- A UUIDv7 (RFC 9562, with a counter): files of the same source position are ordered by it, which is by their time and, where
-- S3 tells but the second, by the order of recording.
CREATE FUNCTION ordered_uuid(at timestamptz, place bigint) RETURNS uuid
  LANGUAGE sql VOLATILE
  RETURN (lpad(to_hex(milliseconds_of(at)), 12, '0')
       || '7' || lpad(to_hex((place >> 30) & 4095), 3, '0')
       || to_hex(128 | ((place >> 24) & 63)) || lpad(to_hex(place & 16777215), 6, '0')
       || right(gen_random_uuid()::text, 8))::uuid;

CREATE OR REPLACE FUNCTION place_arrival() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM dataset d WHERE d.id = NEW.dataset_id AND d.definition #>> '{order,by}' = 'name-date') THEN
    NEW.source_position := milliseconds_of(NEW.object_at);
  END IF;
  RETURN NEW;
END $$;

DROP FUNCTION record_arrival(uuid, text, text, text, text, bigint, text, uuid, text, uuid);

-- Records that an object is there, and when it came to be there. The same object, announced twice or late, is found again and changes nothing.
CREATE FUNCTION record_arrival(
  object_bucket text, object_key text, object_version_id text, object_etag text,
  object_size_bytes bigint, object_sequencer text, told_at timestamptz, previous_version_id text,
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
  placed_at timestamptz;
  place bigint := nextval(pg_get_serial_sequence('arrival', 'position'));
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

  -- A version is newer than the one before it, also where a listing gives but the second of it.
  SELECT greatest(coalesce(CASE WHEN is_first_version THEN found_upload.created_at END, told_at),
                  max(a.object_at) + interval '1 millisecond') INTO placed_at
    FROM arrival a WHERE a.bucket = object_bucket AND a.key = object_key AND a.object_identity = previous_version_id;

  INSERT INTO arrival (id, position, object_at, organization_id, dataset_id, upload_id, state, bucket, key, version_id, etag, object_identity,
                       size_bytes, sequencer, cause_code, cause_details)
  VALUES (ordered_uuid(placed_at, place), place, placed_at, found_dataset.organization_id, found_dataset.id,
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
  ELSIF found_dataset.kind = 'files' OR is_signature_key(object_key) THEN
    becomes := 'stored';
  END IF;
  UPDATE arrival a SET state = becomes, state_changed_at = now(), cause_code = found_cause, cause_details = found_details
   WHERE a.id = record_arrival.arrival_id;
  arrival_state := becomes;
END $$;
REVOKE ALL ON FUNCTION record_arrival, milliseconds_of, ordered_uuid FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_arrival TO hikyaku_app;

-- The earlier version of the key that was taken in with the same content, where files only insert. Where they may change rows it
-- is read again: it says of each row that it still holds, and an older file that comes late has to find that said.
CREATE OR REPLACE FUNCTION find_duplicate(held arrival) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT e.id FROM arrival e JOIN dataset d ON d.id = held.dataset_id AND d.definition ->> 'mode' = 'insert'
   WHERE e.bucket = held.bucket AND e.key = held.key AND e.position < held.position
     AND e.etag = held.etag AND e.size_bytes = held.size_bytes AND e.dataset_id = held.dataset_id AND e.state = 'taken_in'
   ORDER BY e.position DESC LIMIT 1
$$;

-- Whether running it again can end differently: not where the bytes themselves are at fault, or gone, or their time is over.
CREATE OR REPLACE FUNCTION is_redrivable(state arrival_state, cause_code text) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN CASE state
    WHEN 'failed' THEN true
    WHEN 'quarantined' THEN cause_code = 'unexpected-version'
    WHEN 'refused' THEN cause_code NOT IN (
      'empty-file', 'size-mismatch', 'checksum-mismatch', 'upload-cancelled', 'object-missing', 'object-deleted',
      'damaged-encryption', 'damaged-compression', 'newer-taken-in')
    ELSE false
  END;

-- Puts a settled file of the transaction's organization in line again, at its old place in the order, with all its attempts.
-- Answers `queued`, `not-found` or `not-redrivable`.
CREATE OR REPLACE FUNCTION redrive_arrival(wanted_arrival_id uuid) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  held arrival;
BEGIN
  SELECT a.* INTO held FROM arrival a WHERE a.id = wanted_arrival_id AND a.organization_id = current_organization_id() FOR UPDATE;
  IF held.id IS NULL THEN RETURN 'not-found'; END IF;
  IF NOT is_redrivable(held.state, held.cause_code) THEN RETURN 'not-redrivable'; END IF;
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

-- Objects that fitted nothing when they came, and do now: they get in line at the place in the order that they had.
CREATE OR REPLACE FUNCTION route_arrivals(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  routed integer;
BEGIN
  WITH found AS (
    SELECT a.id, a.key, d.id AS dataset_id, d.organization_id, d.kind, d.definition #>> '{order,by}' AS order_by
      FROM (SELECT id, key FROM arrival WHERE state = 'unrouted' AND key LIKE 'incoming/%/%/%' FOR UPDATE SKIP LOCKED) a
      JOIN dataset d ON d.organization_id::text = split_part(a.key, '/', 2) AND d.slug = split_part(a.key, '/', 3)
     LIMIT most)
  UPDATE arrival a SET organization_id = found.organization_id, dataset_id = found.dataset_id,
         source_position = CASE WHEN found.order_by = 'name-date' THEN NULL ELSE milliseconds_of(a.object_at) END,
         state = CASE WHEN found.kind = 'files' OR is_signature_key(a.key) THEN 'stored' ELSE 'queued' END::arrival_state,
         state_changed_at = now(),
         not_before = now(), claim_epoch = a.claim_epoch + 1, cause_code = NULL, cause_details = NULL
    FROM found WHERE a.id = found.id;
  GET DIAGNOSTICS routed = ROW_COUNT;
  RETURN routed;
END $$;

-- Nobody asks any more: what a newer file confirmed is kept beside the table (`_confirmed_keys`).
DROP FUNCTION may_be_overtaken(uuid, bigint, uuid);
DROP INDEX arrival_unsettled;
