-- Encrypted and compressed files, and refused lines as they were sent.

-- What was around the content of an object; NULL while nobody has looked, or where there was nothing.
ALTER TABLE "arrival" ADD COLUMN "encryption" TEXT, ADD COLUMN "compression" TEXT;

-- CreateTable
CREATE TABLE "organization_key" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key_reference" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "organization_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reject_header" (
    "arrival_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "header" BYTEA NOT NULL,
    "encoding" TEXT NOT NULL,
    "byte_order_mark" BOOLEAN NOT NULL,
    "newline" TEXT NOT NULL,

    CONSTRAINT "reject_header_pkey" PRIMARY KEY ("arrival_id")
);

-- CreateTable
CREATE TABLE "reject_line" (
    "arrival_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "line_number" BIGINT NOT NULL,
    "raw" BYTEA,

    CONSTRAINT "reject_line_pkey" PRIMARY KEY ("arrival_id", "line_number")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_key_public_key_key" ON "organization_key"("public_key");

-- CreateIndex
CREATE UNIQUE INDEX "organization_key_private_key_reference_key" ON "organization_key"("private_key_reference");

-- CreateIndex
CREATE UNIQUE INDEX "reject_header_arrival_id_organization_id_key" ON "reject_header"("arrival_id", "organization_id");

-- CreateIndex
CREATE INDEX "organization_key_organization_id_idx" ON "organization_key"("organization_id");

-- AddForeignKey
ALTER TABLE "reject_header" ADD CONSTRAINT "reject_header_arrival_id_organization_id_fkey" FOREIGN KEY ("arrival_id", "organization_id") REFERENCES "arrival"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reject_line" ADD CONSTRAINT "reject_line_arrival_id_organization_id_fkey" FOREIGN KEY ("arrival_id", "organization_id") REFERENCES "arrival"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['organization_key', 'reject_header', 'reject_line'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY own_organization ON %I TO hikyaku_app
         USING (organization_id = current_organization_id())
         WITH CHECK (organization_id = current_organization_id())', name);
  END LOOP;
END $$;

-- Keys are registered by the owner, who also has the folder of the private parts.
GRANT SELECT ON organization_key TO hikyaku_app;
GRANT SELECT, INSERT ON reject_header, reject_line TO hikyaku_app;
