-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "scopes" TEXT[],
    "dataset_slugs" TEXT[],
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "api_token_id" UUID,
ADD COLUMN     "idempotency_key" TEXT,
ADD COLUMN     "request_fingerprint" TEXT,
ALTER COLUMN "person_id" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_organization_id_created_at_idx" ON "api_token"("organization_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "api_token_id_organization_id_key" ON "api_token"("id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "upload_organization_id_idempotency_key_key" ON "upload"("organization_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_api_token_id_organization_id_fkey" FOREIGN KEY ("api_token_id", "organization_id") REFERENCES "api_token"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Somebody sends: a person or a token, never both.
ALTER TABLE upload ADD CONSTRAINT upload_sender CHECK (num_nonnulls(person_id, api_token_id) = 1);
ALTER TABLE upload ADD CONSTRAINT upload_idempotency CHECK (idempotency_key IS NULL OR request_fingerprint IS NOT NULL);

ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON api_token TO hikyaku_app
  USING (organization_id = current_organization_id())
  WITH CHECK (organization_id = current_organization_id());
GRANT SELECT, INSERT ON api_token TO hikyaku_app;
-- What a token may do is said once, when it is made.
GRANT UPDATE (last_used_at, revoked_at) ON api_token TO hikyaku_app;

-- Which token a request carries, before its organization is known. No row: there is none, it was revoked, it has run out, or
-- who made it is no administrator of the organization any more.
CREATE FUNCTION find_api_token(wanted_token_hash text, OUT api_token_id uuid, OUT organization_id uuid)
  RETURNS SETOF record
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT t.id, t.organization_id FROM api_token t
   WHERE t.token_hash = wanted_token_hash AND t.revoked_at IS NULL AND t.expires_at > now()
     AND EXISTS (SELECT FROM auth.membership m
                  WHERE m.organization_id = t.organization_id AND m.person_id = t.created_by AND m.role = 'administrator')
$$;
REVOKE ALL ON FUNCTION find_api_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_token(text) TO hikyaku_app;

-- Who sent a file may be a token.
CREATE OR REPLACE VIEW file WITH (security_invoker) AS
  SELECT u.id, u.organization_id, u.id AS upload_id, a.id AS arrival_id,
         u.dataset_id, d.slug AS dataset_slug, d.name_ja AS dataset_name_ja, d.name_en AS dataset_name_en,
         u.person_id, u.file_name, u.size_bytes, u.state AS upload_state, a.state AS arrival_state,
         u.bucket, u.key, coalesce(a.version_id, u.version_id) AS version_id, coalesce(a.etag, u.etag) AS etag,
         a.checksum_sha256, a.rows_read, a.rows_inserted, a.rows_updated, a.rows_unchanged, a.rows_repeated, a.rows_rejected,
         coalesce(a.cause_code, u.cause_code) AS cause_code, coalesce(a.cause_details, u.cause_details) AS cause_details,
         u.created_at, u.api_token_id
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
         a.created_at, NULL
    FROM arrival a
    JOIN dataset d ON d.id = a.dataset_id
   WHERE a.upload_id IS NULL;
