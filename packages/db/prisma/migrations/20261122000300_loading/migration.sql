-- Rows of the table that a file's partitions no longer have.
ALTER TABLE arrival ADD COLUMN rows_deleted bigint;

CREATE OR REPLACE VIEW file WITH (security_invoker) AS
  SELECT u.id, u.organization_id, u.id AS upload_id, a.id AS arrival_id,
         u.dataset_id, d.slug AS dataset_slug, d.name_ja AS dataset_name_ja, d.name_en AS dataset_name_en,
         u.person_id, u.file_name, u.size_bytes, u.state AS upload_state, a.state AS arrival_state,
         u.bucket, u.key, coalesce(a.version_id, u.version_id) AS version_id, coalesce(a.etag, u.etag) AS etag,
         a.checksum_sha256, a.rows_read, a.rows_inserted, a.rows_updated, a.rows_unchanged, a.rows_repeated, a.rows_rejected,
         coalesce(a.cause_code, u.cause_code) AS cause_code, coalesce(a.cause_details, u.cause_details) AS cause_details,
         u.created_at, u.api_token_id, a.rows_deleted
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
         a.created_at, NULL, a.rows_deleted
    FROM arrival a
    JOIN dataset d ON d.id = a.dataset_id
   WHERE a.upload_id IS NULL;
