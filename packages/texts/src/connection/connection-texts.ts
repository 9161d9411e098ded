import type { ConnectionCertainty, ConnectionCheck, ConnectionReason } from '@hikyaku/types';
import type { ByLocale } from '../by-locale.ts';
import { type DetailReader, phrase } from '../detail-reader.ts';
import { because, type ReasonText } from '../reason-text.ts';

/** What is looked at. */
export const connectionCheckTexts = {
  site: { ja: 'このサイトへの接続', en: 'Connection to this site' },
  server: { ja: '受付サーバー', en: 'Our server' },
  clock: { ja: '端末の時計', en: "This device's clock" },
  storage: { ja: '保管場所への接続', en: 'Connection to storage' },
  'small-body': { ja: '小さなデータの送信', en: 'Sending a little' },
  'large-body': { ja: '大きなデータの送信', en: 'Sending a lot' },
} satisfies Record<ConnectionCheck, ByLocale<string>>;

export const connectionCertaintyTexts = {
  certain: { ja: '確認できた原因', en: 'Seen to be so' },
  likely: { ja: '可能性の高い原因', en: 'Most likely' },
  possible: { ja: '考えられる原因', en: 'Possible' },
} satisfies Record<ConnectionCertainty, ByLocale<string>>;

/** `（files.example）`, where it is known. */
const host = {
  ja: (d: DetailReader) => phrase([d.words('host')], (name) => `（${name}）`),
  en: (d: DetailReader) => phrase([d.words('host')], (name) => ` (${name})`),
};
const large = {
  ja: (d: DetailReader) => phrase([d.bytes('sizeBytes')], (size) => `（${size}）`),
  en: (d: DetailReader) => phrase([d.bytes('sizeBytes')], (size) => ` (${size})`),
};
const direction = {
  ja: (d: DetailReader) => (d.words('direction') === 'behind' ? '遅れています' : '進んでいます'),
  en: (d: DetailReader) => (d.words('direction') === 'behind' ? 'behind' : 'ahead of'),
};

/** What it means, and what helps. Every detail is optional. */
export const connectionReasonTexts = {
  offline: {
    ja: () =>
      because(
        'この端末は、ネットワークにつながっていません。',
        '無線や有線の接続を確かめてください。つながると、送信を再開できます。',
      ),
    en: () =>
      because(
        'This device is not connected to a network.',
        'Check its wireless or wired connection. Sending can go on once it is back.',
      ),
  },
  'site-away': {
    ja: (d) =>
      because(
        `このサイト${host.ja(d)}から応答がありません。`,
        '社内ネットワークやVPNの接続を確かめてください。ほかのサイトが開けるのにこのサイトだけ開けない場合は、管理者にお知らせください。',
      ),
    en: (d) =>
      because(
        `This site${host.en(d)} does not answer.`,
        'Check your network or VPN. If other sites open and this one does not, tell your administrator.',
      ),
  },
  'site-replaced': {
    ja: (d) =>
      because(
        `このサイト${host.ja(d)}の代わりに、ネットワークの認証画面やプロキシなどが応答しました。`,
        '新しいタブで別のサイトを開き、認証画面が出たらサインインしてください。続く場合は、社内の情報システム担当にご相談ください。',
      ),
    en: (d) =>
      because(
        `Something else answered instead of this site${host.en(d)}: the sign-in page of a network, or a proxy.`,
        'Open another site in a new tab and sign in to the network if it asks you to. If it keeps happening, ask your IT department.',
      ),
  },
  'server-away': {
    ja: () =>
      because(
        'このサイトは開けますが、受付サーバーから応答がありません。',
        'お使いの端末の問題ではない可能性が高いです。しばらく待っても続く場合は、管理者にお知らせください。',
      ),
    en: () =>
      because(
        'This site opens, but our server behind it does not answer.',
        'Your device is hardly the cause. If it lasts for more than a few minutes, tell your administrator.',
      ),
  },
  'device-clock-off': {
    ja: (d) =>
      because(
        `この端末の時計が、サーバーの時計より${d.duration('seconds') ?? ''}${direction.ja(d)}。表示される時刻が狂い、ずれが大きいと安全な接続ができません。`,
        '端末の日付と時刻の自動設定を有効にしてください。端末の時計が正しい場合は、サーバーの時計のずれを管理者にお知らせください。',
      ),
    en: (d) =>
      because(
        `This device's clock is ${phrase([d.duration('seconds')], (off) => `${off} `)}${direction.en(d)} the server's. Times are shown wrong, and far off no secure connection can be made.`,
        "Let the device set date and time by itself. If its clock is right, tell your administrator that the server's is not.",
      ),
  },
  'mixed-content': {
    ja: (d) =>
      because(
        `このページは暗号化された接続で開かれているため、ブラウザーが、暗号化されていない保管場所${host.ja(d)}への送信を止めています。`,
        '保管場所のアドレスを暗号化された接続に改めるよう、管理者に依頼してください。',
      ),
    en: (d) =>
      because(
        `This page came over an encrypted connection, so the browser sends nothing to storage${host.en(d)} over one that is not.`,
        'Ask your administrator to give storage an address with https.',
      ),
  },
  'policy-blocked': {
    ja: (d) =>
      because(
        `このサイト自身の安全設定が、保管場所${host.ja(d)}への通信を許可していません。`,
        'サイトに設定された保管場所のアドレスを、サーバーの設定に合わせるよう、管理者に依頼してください。',
      ),
    en: (d) =>
      because(
        `This site's own security settings do not allow connections to storage${host.en(d)}.`,
        "Ask your administrator to make the storage address in the site's settings that of the server.",
      ),
  },
  'storage-down': {
    ja: (d) =>
      because(
        `保管場所${host.ja(d)}が、この端末にも受付サーバーにも応答していません。`,
        'お使いの端末の問題ではありません。しばらく待っても続く場合は、管理者にお知らせください。',
      ),
    en: (d) =>
      because(
        `Storage${host.en(d)} answers neither this device nor our server.`,
        'Your device is not the cause. If it lasts for more than a few minutes, tell your administrator.',
      ),
  },
  'storage-blocked': {
    ja: (d) =>
      because(
        `保管場所${host.ja(d)}は動いていますが、このブラウザーからの接続はすぐに断られました。セキュリティソフト、拡張機能、社内のプロキシ、または通信を解読して検査する機器が止めている可能性が高いです。`,
        `社内の情報システム担当に、保管場所${host.ja(d)}への通信を許可し、通信の検査の対象から外すよう依頼してください。拡張機能を止めて試すこともできます。`,
      ),
    en: (d) =>
      because(
        `Storage${host.en(d)} is running, but connections from this browser end at once. Security software, an extension, a company proxy, or a device that opens and inspects encrypted traffic most likely stops them.`,
        `Ask your IT department to allow connections to storage${host.en(d)} and to leave them out of inspection. You can also try without browser extensions.`,
      ),
  },
  'storage-silent': {
    ja: (d) =>
      because(
        `保管場所${host.ja(d)}は動いていますが、この端末からの接続に応答がありません。ファイアウォールが通信を捨てている可能性が高いです。`,
        `社内の情報システム担当に、保管場所${host.ja(d)}への通信を許可するよう依頼してください。`,
      ),
    en: (d) =>
      because(
        `Storage${host.en(d)} is running, but nothing comes back to this device. A firewall most likely drops the traffic.`,
        `Ask your IT department to allow connections to storage${host.en(d)}.`,
      ),
  },
  'cors-missing': {
    ja: (d) =>
      because(
        `保管場所${host.ja(d)}には届きますが、その応答を読み取れません。保管場所が、このサイトからの送信を許可していない（CORS）可能性が高いです。途中の機器が止めている場合と、ブラウザーからは確実には見分けられません。`,
        '保管場所のCORSの設定が、このサイトからの送信（PUT）を許可しているか、管理者に確認を依頼してください。許可されている場合は、社内の情報システム担当にご相談ください。',
      ),
    en: (d) =>
      because(
        `Storage${host.en(d)} can be reached, but what it says can't be read. Most likely it does not allow this site to send to it (CORS). A browser can't tell this for certain from something on the way that stops it.`,
        'Ask your administrator whether the CORS rules of the bucket allow PUT from this site. If they do, ask your IT department.',
      ),
  },
  'put-blocked': {
    ja: (d) =>
      because(
        `保管場所${host.ja(d)}の応答は読めますが、送信（PUT）だけが通りません。プロキシやセキュリティ製品が外への送信を禁じているか、保管場所がこのサイトからの送信を許可していない（CORS）可能性が高いです。どちらであるかは、ブラウザーからは見分けられません。`,
        `社内の情報システム担当に、保管場所${host.ja(d)}への送信（PUT）を許可するよう依頼してください。止められていない場合は、保管場所のCORSの設定がPUTを許可しているか、管理者に確認を依頼してください。`,
      ),
    en: (d) =>
      because(
        `Storage${host.en(d)} can be read, but what is sent to it (PUT) does not come through. Probably a proxy or a security product forbids sending, or storage does not allow this site to send to it (CORS). A browser can't tell which.`,
        `Ask your IT department to allow PUT to storage${host.en(d)}. If nothing stops it there, ask your administrator whether the CORS rules of the bucket allow PUT from this site.`,
      ),
  },
  'put-silent': {
    ja: (d) =>
      because(
        `保管場所${host.ja(d)}に小さなデータを送りましたが、応答がありません。途中の機器が送信を止めている可能性が高いです。`,
        `社内の情報システム担当に、保管場所${host.ja(d)}への送信（PUT）を許可するよう依頼してください。`,
      ),
    en: (d) =>
      because(
        `A little was sent to storage${host.en(d)}, and no answer came. Something on the way most likely holds it.`,
        `Ask your IT department to allow PUT to storage${host.en(d)}.`,
      ),
  },
  'large-body-cut': {
    ja: (d) =>
      because(
        `小さなデータは保管場所${host.ja(d)}に届きますが、大きなデータ${large.ja(d)}の送信は途中で切られました。プロキシなどの大きさの上限にかかった可能性が高いです。`,
        '社内の情報システム担当に、保管場所への送信の大きさの上限を外すか、プロキシを通さない設定にするよう依頼してください。',
      ),
    en: (d) =>
      because(
        `A little reaches storage${host.en(d)}, but sending a lot${large.en(d)} was cut off. A proxy's limit on the size of requests is the most likely cause.`,
        'Ask your IT department to lift that limit for storage, or to let storage be reached without the proxy.',
      ),
  },
  'large-body-stalled': {
    ja: (d) =>
      because(
        `小さなデータは保管場所${host.ja(d)}に届きますが、大きなデータ${large.ja(d)}は途中で止まったままになりました。VPNの設定や、内容を検査する機器が原因の可能性が高いです。`,
        '可能であればVPNを切るか、別の回線で試してください。続く場合は、社内の情報システム担当にご相談ください。',
      ),
    en: (d) =>
      because(
        `A little reaches storage${host.en(d)}, but a lot${large.en(d)} got stuck on the way. The settings of a VPN, or a device that inspects contents, are the most likely cause.`,
        'If you can, try without the VPN or on another line. If it keeps happening, ask your IT department.',
      ),
  },
  'slow-line': {
    ja: (d) =>
      because(
        `回線が遅い可能性が高いです${phrase([d.bytes('bytesPerSecond')], (speed) => `（毎秒 ${speed}）`)}。確認の時間内に送り終えませんでしたが、データは動き続けていたため、止められてはいないようです。`,
        '時間はかかりますが、送れる見込みです。急ぐ場合は、有線の接続や別の回線をお使いください。',
      ),
    en: (d) =>
      because(
        `The line is probably slow${phrase([d.bytes('bytesPerSecond')], (speed) => ` (${speed} a second)`)}. What was sent did not end in time, but it kept moving: nothing seems to stop it.`,
        'Sending should work and takes its time. If there is none, use a wired connection or another line.',
      ),
  },
  'stands-on-broken': {
    ja: () => because('前の確認が通らないため、確認していません。', null),
    en: () => because('Not looked at, for something it stands on failed.', null),
  },
} satisfies Record<ConnectionReason, ByLocale<(details: DetailReader) => ReasonText>>;
