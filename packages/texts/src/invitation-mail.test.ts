import { expect, it } from 'vitest';
import { invitationMail } from './index.ts';

const invitation = {
  organizationName: '東海商事',
  inviterName: '山田 花子',
  role: 'operator' as const,
  url: 'https://hikyaku.example/invitations/abc',
  expiresAt: '2026-11-27T15:00:00Z',
};

it('says who invites to what, as what and until when', () => {
  const ja = invitationMail(invitation, 'ja');
  expect(ja.subject).toBe('【Hikyaku】東海商事への招待');
  for (const part of ['山田 花子さん', '運用担当', '2026/11/28 00:00(Asia/Tokyo)']) expect(ja.text).toContain(part);
  const en = invitationMail({ ...invitation, timeZone: 'UTC' }, 'en');
  expect(en.subject).toBe('[Hikyaku] Invitation to 東海商事');
  for (const part of ['山田 花子 invited you', 'Operator', '27 Nov 2026, 15:00 (UTC)']) expect(en.text).toContain(part);
});

it('leaves the address alone on its line, so that mail programs link all of it', () => {
  for (const language of ['ja', 'en'] as const)
    expect(invitationMail(invitation, language).text.split('\n')).toContain(invitation.url);
});

it('lets no name break out of the subject or its line', () => {
  const { subject, text } = invitationMail(
    { ...invitation, organizationName: 'A\r\nBcc: x@example.com', inviterName: 'B\nC' },
    'en',
  );
  expect(subject).toBe('[Hikyaku] Invitation to A Bcc: x@example.com');
  expect(text).toContain('B C invited you');
});
