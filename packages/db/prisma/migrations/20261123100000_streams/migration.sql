-- A stream's length is known when its last byte is: until then only its parts are.
ALTER TABLE upload ALTER COLUMN size_bytes DROP NOT NULL;
ALTER TABLE upload ADD CONSTRAINT upload_of_unknown_size CHECK (size_bytes IS NOT NULL OR part_size_bytes IS NOT NULL);
-- A part of a stream that is signed again may have another length.
GRANT UPDATE (size_bytes) ON upload_part TO hikyaku_app;

-- Records that an object is there, and when it came to be there. The same object, announced twice or late, is found again and changes nothing.
CREATE OR REPLACE FUNCTION record_arrival(
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
                      state = CASE WHEN state = 'aborted' OR (state = 'refused' AND size_bytes IS DISTINCT FROM object_size_bytes)
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
  ELSIF found_upload.id IS NOT NULL AND found_upload.size_bytes IS DISTINCT FROM object_size_bytes THEN
    becomes := 'refused'; found_cause := 'size-mismatch';
    found_details := jsonb_strip_nulls(jsonb_build_object('expected', found_upload.size_bytes, 'found', object_size_bytes));
  ELSIF found_dataset.kind = 'files' OR is_signature_key(object_key) THEN
    becomes := 'stored';
  END IF;
  UPDATE arrival a SET state = becomes, state_changed_at = now(), cause_code = found_cause, cause_details = found_details
   WHERE a.id = record_arrival.arrival_id;
  arrival_state := becomes;
END $$;
