-- Who may see what. Roles (hikyaku_owner, hikyaku_app, hikyaku_auth, hikyaku_platform) belong to the cluster and are made
-- by provisionDatabase() before the first migration; this file only grants.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO hikyaku_app, hikyaku_platform;
GRANT USAGE ON SCHEMA auth TO hikyaku_auth;

-- Login tables: the auth role's alone.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO hikyaku_auth;

-- The organization a transaction works for. Unset or empty means none, and none sees nothing.
CREATE FUNCTION current_organization_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('hikyaku.organization_id', true), '')::uuid;

-- The person on whose behalf it works; NULL for a process of ours.
CREATE FUNCTION current_actor_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('hikyaku.actor_id', true), '')::uuid;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['dataset', 'upload', 'arrival', 'ingest_run', 'reject', 'timeline_entry', 'audit_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY own_organization ON %I TO hikyaku_app
         USING (organization_id = current_organization_id())
         WITH CHECK (organization_id = current_organization_id())', name);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON dataset, upload, arrival, ingest_run TO hikyaku_app;
GRANT SELECT, INSERT ON reject, audit_event TO hikyaku_app;
-- Only triggers write the timeline.
GRANT SELECT ON timeline_entry TO hikyaku_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO hikyaku_app;

-- What belongs to no organization is the platform administrator's; nothing else is.
CREATE POLICY no_organization ON arrival FOR SELECT TO hikyaku_platform USING (organization_id IS NULL);
CREATE POLICY no_organization ON timeline_entry FOR SELECT TO hikyaku_platform USING (organization_id IS NULL);
GRANT SELECT ON arrival, timeline_entry TO hikyaku_platform;

-- The people of the transaction's organization. Owned by the schema's owner, who alone can read both login tables.
CREATE VIEW organization_member WITH (security_barrier) AS
  SELECT m.person_id, m.organization_id, p.name, p.email, m.role
    FROM auth.membership m
    JOIN auth.person p ON p.id = m.person_id
   WHERE m.organization_id = current_organization_id();
GRANT SELECT ON organization_member TO hikyaku_app;

CREATE VIEW organization_profile WITH (security_barrier) AS
  SELECT o.id, o.name, o.slug, o.time_zone FROM auth.organization o WHERE o.id = current_organization_id();
GRANT SELECT ON organization_profile TO hikyaku_app;

-- Rights are checked as the reader: row-level security holds through it.
CREATE VIEW file WITH (security_invoker) AS
  SELECT u.id, u.organization_id, u.id AS upload_id, a.id AS arrival_id,
         u.dataset_id, d.slug AS dataset_slug, d.name_ja AS dataset_name_ja, d.name_en AS dataset_name_en,
         u.person_id, u.file_name, u.size_bytes, u.state AS upload_state, a.state AS arrival_state,
         u.bucket, u.key, coalesce(a.version_id, u.version_id) AS version_id, coalesce(a.etag, u.etag) AS etag,
         a.checksum_sha256, a.rows_read, a.rows_inserted, a.rows_updated, a.rows_unchanged, a.rows_repeated, a.rows_rejected,
         coalesce(a.cause_code, u.cause_code) AS cause_code, coalesce(a.cause_details, u.cause_details) AS cause_details,
         u.created_at
    FROM upload u
    JOIN dataset d ON d.id = u.dataset_id
    LEFT JOIN arrival a ON a.upload_id = u.id
  UNION ALL
  SELECT a.id, a.organization_id, NULL, a.id,
         a.dataset_id, d.slug, d.name_ja, d.name_en,
         NULL, substring(a.key FROM '[^/]*$'), a.size_bytes, NULL, a.state,
         a.bucket, a.key, a.version_id, a.etag,
         a.checksum_sha256, a.rows_read, a.rows_inserted, a.rows_updated, a.rows_unchanged, a.rows_repeated, a.rows_rejected,
         a.cause_code, a.cause_details,
         a.created_at
    FROM arrival a
    JOIN dataset d ON d.id = a.dataset_id
   WHERE a.upload_id IS NULL;
GRANT SELECT ON file TO hikyaku_app;

-- Target tables of an organization live in a schema of its own, owned by a role of its own that can't log in.
-- Run by the owner when an organization is made; the application may enter the role (SET LOCAL ROLE), never inherits it.
CREATE FUNCTION create_organization_schema(organization uuid) RETURNS text
  LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
  name text := 'org_' || replace(organization::text, '-', '');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
    EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXECUTE format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE', name, current_user);
    EXECUTE format('GRANT %I TO hikyaku_app WITH INHERIT FALSE, SET TRUE', name);
  END IF;
  EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', name, name);
  RETURN name;
END $$;
REVOKE ALL ON FUNCTION create_organization_schema(uuid) FROM PUBLIC;
