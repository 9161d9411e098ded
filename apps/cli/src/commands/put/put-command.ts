import { buildCommand } from '@stricli/core';
import { listFlag, switchFlag, valueFlag, waitFlag } from '../../arguments/flags.ts';
import { parseCount, parseText } from '../../arguments/parse-values.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { PutFlags } from './run-put.ts';

export const putCommand = (say: Say) =>
  buildCommand<PutFlags, string[], World>({
    loader: loading(async () => (await import('./run-put.ts')).runPut),
    parameters: {
      positional: {
        kind: 'array',
        parameter: {
          brief: say({
            ja: 'ファイル、-r でフォルダー、「-」は標準入力。最後に s3://… で S3 へ直接',
            en: "Files; folders with -r; '-' is standard input. A last s3://… sends straight to S3",
          }),
          parse: parseText,
          placeholder: 'FILE',
        },
      },
      flags: {
        to: {
          ...valueFlag(say({ ja: '送り先のデータセット', en: 'The dataset to send to' }), 'DATASET', parseText),
          async proposeCompletions(this: World) {
            const { proposeDatasets } = await import('./propose-datasets.ts');
            return proposeDatasets(this);
          },
        },
        recursive: switchFlag(say({ ja: 'フォルダーの中のファイルもすべて', en: 'Folders, with all files in them' })),
        name: valueFlag(
          say({ ja: '相手に伝える名前（標準入力では必須）', en: 'What to call it there; needed for standard input' }),
          'NAME',
          parseText,
        ),
        gzip: switchFlag(say({ ja: '圧縮してから送る', en: 'Compress it first' })),
        encrypt: switchFlag(
          say({ ja: '組織の鍵で暗号化してから送る', en: "Encrypt it first, for the organization's keys" }),
        ),
        openpgp: switchFlag(say({ ja: '暗号化を age でなく OpenPGP で', en: 'Encrypt by OpenPGP instead of age' })),
        recipient: listFlag(
          say({
            ja: 'この宛先のために暗号化：age1…、--openpgp では公開鍵のファイル',
            en: 'Encrypt for them (too): age1…, with --openpgp the file of a public key',
          }),
          'KEY',
          parseText,
        ),
        wait: waitFlag(say({ ja: '取り込まれるまで待つ（600秒まで）', en: 'Wait until it is taken in (600 seconds)' })),
        allowRejects: switchFlag(
          say({
            ja: '--wait：不備のある行があっても終了コード0',
            en: '--wait: exit with 0 even where lines were refused',
          }),
        ),
        idempotencyKey: valueFlag(
          say({
            ja: '同じキーの送信は一度だけ（データセットと内容の SHA-256）',
            en: 'What is sent once by this key is not sent again (dataset and SHA-256 of the content)',
          }),
          'KEY',
          parseText,
        ),
        force: switchFlag(say({ ja: '同じ内容でも、新しく送る', en: 'Send it anew, whatever was sent before' })),
        manifest: valueFlag(
          say({ ja: '送ったものの記録をJSONファイルに', en: 'Keep a record of what was sent, as a JSON file' }),
          'FILE',
          parseText,
        ),
        jobs: valueFlag(say({ ja: '同時に送るファイルの数（2）', en: 'Files at the same time (2)' }), 'N', parseCount),
        dryRun: switchFlag(say({ ja: '確かめるだけで、送らない', en: 'Check all that can be checked, send nothing' })),
        onlyIfAbsent: switchFlag(
          say({ ja: 's3://：すでにあれば書き込まない', en: 's3://: refuse to write over anything' }),
        ),
        json: switchFlag(say({ ja: '結果をJSONで', en: 'The result as JSON' })),
        env: switchFlag(
          say({
            ja: '結果をシェルの変数で：eval "$(hikyaku put … --env)"',
            en: 'The result as variables of a shell: eval "$(hikyaku put … --env)"',
          }),
        ),
        quiet: switchFlag(say({ ja: '進み具合を出さない', en: 'No progress, no result in words' })),
        ...storageFlags(say),
      },
      aliases: { r: 'recursive', q: 'quiet', j: 'jobs' },
    },
    docs: {
      brief: say({
        ja: 'ファイルを送る（再実行しても1回だけ）',
        en: 'Send files: a rerun sends nothing twice',
      }),
      fullDescription: say({
        ja: '終了コード0は、ファイルが安全に保管されたことを表します。--wait を付けると、取り込みまで確かめます。',
        en: 'Exit code 0 means that the files are safe in storage; with --wait, that they are taken in.',
      }),
    },
  });
