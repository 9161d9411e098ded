-- Keys whose private part an organization keeps itself, registered by its administrators.

-- Two organizations of one group may encrypt for the same key: neither hears of the other.
DROP INDEX "organization_key_public_key_key";

ALTER TABLE "organization_key"
  ADD COLUMN "label" TEXT,
  ADD COLUMN "held_by" TEXT NOT NULL DEFAULT 'worker';

-- CreateIndex
CREATE UNIQUE INDEX "organization_key_organization_id_public_key_key" ON "organization_key"("organization_id", "public_key");

-- `worker`: made or taken over at a worker, whose key store has the private part. `organization`: no worker has it, until one is
-- given it under this very reference, so that an administrator can name no key of somebody else's.
ALTER TABLE organization_key
  ADD CONSTRAINT organization_key_held_by CHECK (held_by IN ('worker', 'organization')),
  ADD CONSTRAINT organization_key_reference CHECK (held_by = 'worker' OR private_key_reference = 'own-' || id || '.key'),
  ADD CONSTRAINT organization_key_label CHECK (label <> '');

-- What a worker holds is registered by the owner alone, as before.
CREATE POLICY without_private_part ON organization_key AS RESTRICTIVE FOR INSERT TO hikyaku_app
  WITH CHECK (held_by = 'organization' AND kind = 'age');

GRANT INSERT (id, organization_id, kind, public_key, label, held_by, private_key_reference, created_at), UPDATE (retired_at)
  ON organization_key TO hikyaku_app;
