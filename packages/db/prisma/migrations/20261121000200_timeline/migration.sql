-- Every transition of an upload, an arrival or an ingest run is a row in the timeline: written by triggers, so that
-- nobody can forget one, and checked against the transitions there are.

CREATE FUNCTION is_arrival_transition(was arrival_state, becomes arrival_state) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN CASE was
    WHEN 'recorded' THEN becomes IN ('waiting', 'queued', 'refused', 'quarantined', 'unrouted', 'duplicate', 'stored')
    WHEN 'waiting' THEN becomes IN ('queued', 'refused', 'quarantined', 'superseded', 'stored', 'failed')
    WHEN 'queued' THEN becomes IN ('running', 'refused', 'quarantined', 'superseded', 'failed')
    WHEN 'running' THEN becomes IN ('queued', 'waiting', 'taken_in', 'stored', 'same_content', 'stale', 'superseded', 'refused', 'quarantined', 'failed')
    -- A person may act on these; what is taken in stays taken in.
    WHEN 'failed' THEN becomes = 'queued'
    WHEN 'unrouted' THEN becomes = 'queued'
    WHEN 'quarantined' THEN becomes IN ('queued', 'refused')
    ELSE false
  END;

CREATE FUNCTION record_upload_transition() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO timeline_entry (organization_id, subject, state, upload_id, actor_id, cause_code, cause_details)
  VALUES (NEW.organization_id, 'upload', NEW.state, NEW.id, current_actor_id(), NEW.cause_code, NEW.cause_details);
  RETURN NULL;
END $$;

CREATE FUNCTION record_arrival_transition() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NOT is_arrival_transition(OLD.state, NEW.state) THEN
    RAISE EXCEPTION 'arrival % can not go from % to %', NEW.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO timeline_entry (organization_id, subject, state, upload_id, arrival_id, attempt, actor_id, cause_code, cause_details)
  VALUES (NEW.organization_id, 'arrival', NEW.state, NEW.upload_id, NEW.id, NULLIF(NEW.attempts, 0), current_actor_id(), NEW.cause_code, NEW.cause_details);
  RETURN NULL;
END $$;

CREATE FUNCTION record_ingest_run_transition() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO timeline_entry (organization_id, subject, state, upload_id, arrival_id, ingest_run_id, attempt, cause_code, cause_details)
  VALUES (NEW.organization_id, 'run', NEW.state, (SELECT upload_id FROM arrival WHERE id = NEW.arrival_id), NEW.arrival_id, NEW.id, NEW.attempt, NEW.cause_code, NEW.cause_details);
  RETURN NULL;
END $$;

CREATE TRIGGER upload_created AFTER INSERT ON upload
  FOR EACH ROW EXECUTE FUNCTION record_upload_transition();
CREATE TRIGGER upload_changed AFTER UPDATE OF state ON upload
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION record_upload_transition();
CREATE TRIGGER arrival_created AFTER INSERT ON arrival
  FOR EACH ROW EXECUTE FUNCTION record_arrival_transition();
CREATE TRIGGER arrival_changed AFTER UPDATE OF state ON arrival
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION record_arrival_transition();
CREATE TRIGGER ingest_run_created AFTER INSERT ON ingest_run
  FOR EACH ROW EXECUTE FUNCTION record_ingest_run_transition();
CREATE TRIGGER ingest_run_changed AFTER UPDATE OF state ON ingest_run
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION record_ingest_run_transition();

-- Sequence numbers are given after the commit, one announcer at a time: they follow the order of commits, so a
-- subscriber that resumes "after 17" can't miss a 16 that committed late. Ids only; readers read under their own rights.
CREATE SEQUENCE timeline_sequence;
CREATE INDEX timeline_entry_unannounced ON timeline_entry (id) WHERE sequence IS NULL;

CREATE FUNCTION announce_timeline() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  announced integer := 0;
  change record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('hikyaku.announce_timeline'));
  FOR change IN
    WITH due AS MATERIALIZED (
      -- Numbered here, where the order is fixed: an update takes its rows in any order.
      SELECT unannounced.id, nextval('timeline_sequence') AS sequence
        FROM (SELECT id FROM timeline_entry WHERE sequence IS NULL ORDER BY id LIMIT 1000) unannounced
    ), numbered AS (
      UPDATE timeline_entry t SET sequence = due.sequence
        FROM due
       WHERE t.id = due.id
      RETURNING t.organization_id, t.upload_id, t.arrival_id, t.sequence
    )
    SELECT organization_id, coalesce(upload_id, arrival_id) AS file_id, max(sequence) AS sequence, count(*) AS entries
      FROM numbered GROUP BY 1, 2 ORDER BY 3
  LOOP
    PERFORM pg_notify('hikyaku_timeline', json_build_object(
      'organizationId', change.organization_id, 'fileId', change.file_id, 'sequence', change.sequence::text)::text);
    announced := announced + change.entries;
  END LOOP;
  RETURN announced;
END $$;
REVOKE ALL ON FUNCTION announce_timeline() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION announce_timeline() TO hikyaku_app;
