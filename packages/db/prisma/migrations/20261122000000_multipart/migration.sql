-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "md5" TEXT,
ADD COLUMN     "multipart_upload_id" TEXT,
ADD COLUMN     "part_size_bytes" BIGINT,
ADD COLUMN     "sha256" TEXT,
ADD COLUMN     "sweep_parts_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "upload_part" (
    "organization_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "part_number" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "md5" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "upload_part_pkey" PRIMARY KEY ("upload_id","part_number")
);

-- AddForeignKey
ALTER TABLE "upload_part" ADD CONSTRAINT "upload_part_upload_id_organization_id_fkey" FOREIGN KEY ("upload_id", "organization_id") REFERENCES "upload"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE upload_part ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON upload_part TO hikyaku_app
  USING (organization_id = current_organization_id())
  WITH CHECK (organization_id = current_organization_id());
GRANT SELECT, INSERT ON upload_part TO hikyaku_app;
-- A part may be signed again for other bytes; which part it is never changes.
GRANT UPDATE (md5, sha256) ON upload_part TO hikyaku_app;

ALTER TABLE upload ADD CONSTRAINT upload_part_size CHECK (part_size_bytes > 0);
CREATE INDEX upload_parts_to_sweep ON upload (sweep_parts_at) WHERE sweep_parts_at IS NOT NULL;

-- Uploads that ended while S3 may still hold parts of them.
CREATE FUNCTION list_uploads_to_sweep(most integer)
  RETURNS TABLE (upload_id uuid, organization_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT u.id, u.organization_id FROM upload u
   WHERE u.sweep_parts_at <= now() AND u.state NOT IN ('created', 'uploading', 'completing')
   ORDER BY u.sweep_parts_at LIMIT most
$$;
REVOKE ALL ON FUNCTION list_uploads_to_sweep(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_uploads_to_sweep(integer) TO hikyaku_app;
