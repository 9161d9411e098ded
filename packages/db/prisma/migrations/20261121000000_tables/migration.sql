-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "auth";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "auth"."organization_role" AS ENUM ('uploader', 'operator', 'administrator');

-- CreateEnum
CREATE TYPE "auth"."invitation_status" AS ENUM ('pending', 'accepted', 'rejected', 'canceled');

-- CreateEnum
CREATE TYPE "dataset_kind" AS ENUM ('table', 'files');

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('created', 'uploading', 'completing', 'stored', 'refused', 'aborted', 'expired');

-- CreateEnum
CREATE TYPE "arrival_state" AS ENUM ('recorded', 'waiting', 'queued', 'running', 'taken_in', 'stored', 'duplicate', 'same_content', 'stale', 'superseded', 'refused', 'quarantined', 'unrouted', 'failed');

-- CreateEnum
CREATE TYPE "ingest_run_state" AS ENUM ('claimed', 'scanning', 'loading', 'validating', 'waiting_for_lock', 'merging', 'committed', 'rejected', 'failed', 'released');

-- CreateEnum
CREATE TYPE "timeline_subject" AS ENUM ('upload', 'arrival', 'run');

-- CreateTable
CREATE TABLE "auth"."person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "is_platform_administrator" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "active_organization_id" UUID,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."account" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "metadata" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."membership" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "auth"."organization_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."invitation" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "auth"."organization_role" NOT NULL,
    "status" "auth"."invitation_status" NOT NULL DEFAULT 'pending',
    "token_hash" TEXT NOT NULL,
    "inviter_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."rate_limit" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" "dataset_kind" NOT NULL DEFAULT 'table',
    "definition" JSONB NOT NULL,
    "target_table" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "dataset_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "upload_state" NOT NULL DEFAULT 'created',
    "file_name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "bucket" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version_id" TEXT,
    "etag" TEXT,
    "cause_code" TEXT,
    "cause_details" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "arrival" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "dataset_id" UUID,
    "upload_id" UUID,
    "state" "arrival_state" NOT NULL DEFAULT 'recorded',
    "bucket" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "object_identity" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sequencer" TEXT,
    "position" BIGSERIAL NOT NULL,
    "claim_epoch" BIGINT NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "checksum_sha256" TEXT,
    "rows_read" BIGINT,
    "rows_inserted" BIGINT,
    "rows_updated" BIGINT,
    "rows_unchanged" BIGINT,
    "rows_repeated" BIGINT,
    "rows_rejected" BIGINT,
    "cause_code" TEXT,
    "cause_details" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "arrival_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_run" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "arrival_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "state" "ingest_run_state" NOT NULL DEFAULT 'claimed',
    "claim_epoch" BIGINT NOT NULL,
    "claimed_by" TEXT NOT NULL,
    "claim_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "staging_table" TEXT NOT NULL,
    "rows_so_far" BIGINT NOT NULL DEFAULT 0,
    "bytes_so_far" BIGINT NOT NULL DEFAULT 0,
    "cause_code" TEXT,
    "cause_details" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "ingest_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reject" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "arrival_id" UUID NOT NULL,
    "ingest_run_id" UUID NOT NULL,
    "line_number" BIGINT NOT NULL,
    "column_name" TEXT,
    "code" TEXT NOT NULL,
    "value" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "reject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_entry" (
    "id" BIGSERIAL NOT NULL,
    "sequence" BIGINT,
    "organization_id" UUID,
    "subject" "timeline_subject" NOT NULL,
    "state" TEXT NOT NULL,
    "upload_id" UUID,
    "arrival_id" UUID,
    "ingest_run_id" UUID,
    "attempt" INTEGER,
    "actor_id" UUID,
    "cause_code" TEXT,
    "cause_details" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "auth"."person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "auth"."session"("token");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "auth"."session"("person_id");

-- CreateIndex
CREATE INDEX "account_person_id_idx" ON "auth"."account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_id_account_id_key" ON "auth"."account"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "auth"."verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "auth"."organization"("slug");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "auth"."membership"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_organization_id_person_id_key" ON "auth"."membership"("organization_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "auth"."invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_organization_id_status_idx" ON "auth"."invitation"("organization_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "auth"."rate_limit"("key");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_organization_id_slug_key" ON "dataset"("organization_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_id_organization_id_key" ON "dataset"("id", "organization_id");

-- CreateIndex
CREATE INDEX "upload_organization_id_created_at_id_idx" ON "upload"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "upload_id_organization_id_key" ON "upload"("id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "upload_bucket_key_key" ON "upload"("bucket", "key");

-- CreateIndex
CREATE INDEX "arrival_organization_id_created_at_id_idx" ON "arrival"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "arrival_dataset_id_position_idx" ON "arrival"("dataset_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "arrival_upload_id_organization_id_key" ON "arrival"("upload_id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "arrival_bucket_key_object_identity_key" ON "arrival"("bucket", "key", "object_identity");

-- CreateIndex
CREATE UNIQUE INDEX "arrival_id_organization_id_key" ON "arrival"("id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "ingest_run_arrival_id_claim_epoch_key" ON "ingest_run"("arrival_id", "claim_epoch");

-- CreateIndex
CREATE INDEX "reject_arrival_id_line_number_id_idx" ON "reject"("arrival_id", "line_number", "id");

-- CreateIndex
CREATE UNIQUE INDEX "timeline_entry_sequence_key" ON "timeline_entry"("sequence");

-- CreateIndex
CREATE INDEX "timeline_entry_upload_id_id_idx" ON "timeline_entry"("upload_id", "id");

-- CreateIndex
CREATE INDEX "timeline_entry_arrival_id_id_idx" ON "timeline_entry"("arrival_id", "id");

-- CreateIndex
CREATE INDEX "timeline_entry_organization_id_sequence_idx" ON "timeline_entry"("organization_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_id_idx" ON "audit_event"("organization_id", "id");

-- AddForeignKey
ALTER TABLE "auth"."session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "auth"."person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."account" ADD CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "auth"."person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "auth"."organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "auth"."person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "auth"."organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_dataset_id_organization_id_fkey" FOREIGN KEY ("dataset_id", "organization_id") REFERENCES "dataset"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_dataset_id_organization_id_fkey" FOREIGN KEY ("dataset_id", "organization_id") REFERENCES "dataset"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_upload_id_organization_id_fkey" FOREIGN KEY ("upload_id", "organization_id") REFERENCES "upload"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_run" ADD CONSTRAINT "ingest_run_arrival_id_organization_id_fkey" FOREIGN KEY ("arrival_id", "organization_id") REFERENCES "arrival"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reject" ADD CONSTRAINT "reject_arrival_id_organization_id_fkey" FOREIGN KEY ("arrival_id", "organization_id") REFERENCES "arrival"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

