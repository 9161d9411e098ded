-- More formats and encodings: what a file was read as, and how its refused lines are written back.

-- AlterTable
ALTER TABLE "arrival" ADD COLUMN "encoding" TEXT, ADD COLUMN "format" TEXT;

-- AlterTable
ALTER TABLE "reject_header" ADD COLUMN "format" TEXT NOT NULL DEFAULT 'csv', ADD COLUMN "delimiter" TEXT NOT NULL DEFAULT ',';
