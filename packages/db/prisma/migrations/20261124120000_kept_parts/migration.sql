-- An upload in parts can be gone on with long after the last URL signed for it has died: after a weekend, or days without a line.
ALTER TABLE "upload" ADD COLUMN "keep_until" TIMESTAMPTZ(3);

-- Uploads whose URLs are dead, whose object never came, and which nobody may go on with any more.
CREATE OR REPLACE FUNCTION expire_uploads() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  expired integer;
BEGIN
  UPDATE upload SET state = 'expired', settled_at = now()
   WHERE state IN ('created', 'uploading', 'completing') AND expires_at < now() - interval '1 hour'
     AND (keep_until IS NULL OR keep_until < now());
  GET DIAGNOSTICS expired = ROW_COUNT;
  RETURN expired;
END $$;
