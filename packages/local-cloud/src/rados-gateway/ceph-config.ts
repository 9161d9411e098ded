import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalCloudError } from '../local-cloud-error.ts';

export interface CephConfig {
  /** Absolute; everything the daemons write lies under it. */
  folder: string;
  clusterId: string;
  monitorPort: number;
  /** Encrypts session tokens: AES-128, so exactly 16 characters. */
  stsKey: string;
  /** Base64 of 32 bytes, for SSE-KMS with the gateway's testing backend. */
  kmsKey: string;
}

/** The one key id that SSE-KMS requests may name here. */
export const kmsKeyId = 'hikyaku-local';

export const cephPaths = (folder: string) => ({
  config: join(folder, 'ceph.conf'),
  monitorData: join(folder, 'mon'),
  monitorMap: join(folder, 'monmap'),
  osdData: join(folder, 'osd'),
  gatewayData: join(folder, 'rgw'),
  /** Written last at the first start; without it the next start begins anew. */
  ready: join(folder, 'ready.json'),
});

/**
 * One monitor, one OSD, no replicas, loopback only.
 * No `osd max object name len`: Ceph's examples set it, and it cuts keys that S3 allows.
 * No admin sockets: a socket's path is limited to 107 bytes, which a deep clone exceeds.
 */
export function renderCephConfig(config: CephConfig): string {
  if (/[#;\n"$]/.test(config.folder)) {
    throw new LocalCloudError(
      'data-folder-unusable',
      `Ceph cannot read a path with # ; $ or quotes: ${config.folder}. Choose another data folder.`,
      { part: 's3' },
    );
  }
  const paths = cephPaths(config.folder);
  return `[global]
fsid = ${config.clusterId}
mon host = v1:127.0.0.1:${config.monitorPort}
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
ms bind ipv6 = false
auth cluster required = none
auth service required = none
auth client required = none
mon warn on insecure global id reclaim allowed = false
mon warn on pool no redundancy = false
mon allow pool size one = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
# A monitor gathers changes for a second before it proposes them; alone it has nobody to wait for. Halves the first start.
paxos propose interval = 0.02
paxos min wait = 0.01
admin socket =
run dir = ${config.folder}
log file =
log to stderr = true
err to stderr = true
mon cluster log file =
[mon.a]
mon data = ${paths.monitorData}
[osd.0]
osd data = ${paths.osdData}
osd class dir = ${findObjectClassFolder()}
osd objectstore = bluestore
# A sparse file: it takes what is stored, and its size is the limit of all objects together (64 GiB).
bluestore block size = 68719476736
bluestore block create = true
osd memory target = 939524096
[client]
rgw data = ${paths.gatewayData}
rgw dns name = localhost
rgw enable apis = s3, admin, notifications, sts, iam
rgw sts key = ${config.stsKey}
rgw s3 auth use sts = true
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = ${kmsKeyId}=${config.kmsKey}
rgw verify ssl = false
`;
}

/** Must be absolute: relative to the working folder the OSD finds no classes and the gateway never starts. */
function findObjectClassFolder(): string {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const candidates = [
    `/usr/lib/${machine}-linux-gnu/rados-classes`,
    '/usr/lib64/rados-classes',
    '/usr/lib/rados-classes',
  ];
  const found = candidates.find((folder) => existsSync(folder));
  if (found !== undefined) return found;
  throw new LocalCloudError(
    'debian-packages-missing',
    `The object classes of ceph-osd are in none of ${candidates.join(', ')}. Install the Debian package ceph-osd again.`,
    { part: 's3' },
  );
}
