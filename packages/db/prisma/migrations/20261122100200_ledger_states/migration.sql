-- Order, watermark, deletions and reconciliation: what the functions of the next migration stand on.

-- A run that found nothing to write. Added here, for a value can't be used in the transaction that adds it.
ALTER TYPE "ingest_run_state" ADD VALUE 'skipped';

-- AlterTable
ALTER TABLE "arrival" ADD COLUMN     "object_deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "source_position" BIGINT;

-- AlterTable
ALTER TABLE "dataset" ADD COLUMN     "watermark_arrival_id" UUID,
ADD COLUMN     "watermark_at" TIMESTAMPTZ(3),
ADD COLUMN     "watermark_position" BIGINT;

-- CreateTable
CREATE TABLE "reconciliation" (
    "bucket" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_marker" TEXT,
    "version_id_marker" TEXT,
    "claimed_by" TEXT,
    "claim_expires_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "objects_listed" BIGINT NOT NULL DEFAULT 0,
    "objects_found" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("bucket","prefix")
);

-- Nobody's rows: reached through functions alone.
ALTER TABLE reconciliation ENABLE ROW LEVEL SECURITY;

UPDATE arrival SET source_position = position;
UPDATE dataset d SET watermark_position = newest.source_position, watermark_arrival_id = newest.id, watermark_at = newest.state_changed_at
  FROM (SELECT DISTINCT ON (dataset_id) dataset_id, id, source_position, state_changed_at FROM arrival
         WHERE state = 'taken_in' ORDER BY dataset_id, source_position DESC) newest
 WHERE newest.dataset_id = d.id;

-- What a newer file asks before it merges, and what is skipped because it was taken in before: both among few.
CREATE INDEX arrival_unsettled ON arrival (dataset_id, source_position, id)
  WHERE state IN ('recorded', 'waiting', 'queued', 'running', 'quarantined', 'failed');
CREATE INDEX arrival_content ON arrival (dataset_id, checksum_sha256) WHERE state = 'taken_in';
CREATE INDEX arrival_unrouted ON arrival (created_at, id) WHERE state = 'unrouted';

-- The place of a file among those of its dataset. A dataset ordered by the date in a name gets it with the claim, which reads
-- the name; every other has the order in which the ledger recorded.
CREATE FUNCTION place_arrival() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM dataset d WHERE d.id = NEW.dataset_id AND d.definition #>> '{order,by}' = 'name-date') THEN
    NEW.source_position := NEW.position;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER arrival_placed BEFORE INSERT ON arrival FOR EACH ROW EXECUTE FUNCTION place_arrival();
