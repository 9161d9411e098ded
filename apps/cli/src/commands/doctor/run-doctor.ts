import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { diagnose, renderFinding, renderProblems, renderSummary, summarize, usualProblems } from '@hikyaku/doctor';
import { describeDoctorFinding } from '@hikyaku/texts';
import type { S3Address } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { printJson, printLine } from '../../output/print.ts';
import { openStorage, type Storage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';

export interface DoctorFlags extends StorageFlags {
  kmsKeyId?: string;
  queueUrl?: string;
  timeoutSeconds?: number;
  problems?: boolean;
  json?: boolean;
}

/** Each check is told as soon as it is made. Ends with 1 where one failed; a warning works today. */
export async function runDoctor(world: World, flags: DoctorFlags, address?: S3Address): Promise<void> {
  if (flags.problems) return showProblems(world, flags.json);
  if (!address) throw new CommandFailure('no-bucket');
  const { environment, signal, locale } = world;
  await using storage = await openStorage(environment, flags);
  const sts = openSts(storage);
  const sqs = flags.queueUrl === undefined ? undefined : openSqs(storage, flags.queueUrl);
  const told: Promise<boolean>[] = [];
  try {
    const findings = await diagnose({
      s3: storage.s3,
      sts,
      bucket: address.bucket,
      ...(address.key === '' ? {} : { prefix: address.key }),
      ...(flags.kmsKeyId === undefined ? {} : { kmsKeyId: flags.kmsKeyId }),
      ...(sqs ? { queue: sqs } : {}),
      ...(flags.timeoutSeconds === undefined ? {} : { timeoutSeconds: flags.timeoutSeconds }),
      environment: environment.variables,
      signal,
      onFinding: (finding) => {
        if (!flags.json) told.push(printLine(world, renderFinding(finding, locale)));
      },
    });
    await Promise.all(told);
    const summary = summarize(findings);
    if (flags.json) {
      const items = findings.map((finding) => ({ ...finding, text: describeDoctorFinding(finding, locale) }));
      await printJson(world, { bucket: address.bucket, summary, findings: items });
    } else {
      await printLine(world, `\n${renderSummary(summary, locale)}`);
    }
    if (summary.exitCode !== 0) throw new CommandFailure('doctor-found', { failed: summary.fail });
  } finally {
    sts.destroy();
    sqs?.client.destroy();
  }
}

async function showProblems(world: World, isJson = false): Promise<void> {
  if (isJson) await printJson(world, usualProblems(world.locale));
  else await printLine(world, renderProblems(world.locale));
}

/** Stores that are not AWS have theirs, if any, at their own address. */
function openSts({ s3, endpointUrl }: Storage): STSClient {
  const { region, credentials, requestHandler } = s3.config;
  return new STSClient({
    region,
    credentials,
    requestHandler,
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
  });
}

/** Where the queue's own address says, as its URL has it. */
function openSqs({ s3 }: Storage, url: string): { client: SQSClient; url: string } {
  const { region, credentials, requestHandler } = s3.config;
  if (!URL.canParse(url)) throw new CommandFailure('not-a-url', { input: url });
  return { client: new SQSClient({ region, credentials, requestHandler, endpoint: new URL(url).origin }), url };
}
