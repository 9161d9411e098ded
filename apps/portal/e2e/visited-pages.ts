import { type APIRequestContext, expect } from '@playwright/test';
import { z } from 'zod';

const list = z.object({
  result: z.object({
    data: z.object({
      json: z.object({ items: z.array(z.object({ id: z.string(), state: z.string(), counts: z.unknown() })) }),
    }),
  }),
});

/** Every page behind the door, with one file page for each state there is a file in. */
export async function visitedPages(request: APIRequestContext): Promise<{ name: string; path: string }[]> {
  const input = encodeURIComponent(JSON.stringify({ json: { limit: 50 } }));
  const answer = await request.get(`/api/trpc/files.list?input=${input}`);
  expect(answer.ok()).toBe(true);
  const files = list.parse(await answer.json()).result.data.json.items;
  const oneOfEach = new Map(files.map((file) => [file.state, file.id]));
  return [
    { name: 'home', path: '/' },
    { name: 'files', path: '/files' },
    { name: 'files-needs-you', path: '/files?show=needs-you' },
    ...Array.from(oneOfEach, ([state, id]) => ({ name: `file-${state}`, path: `/files/${id}` })),
    { name: 'receipt', path: `/files/${oneOfEach.get('taken_in')}/receipt` },
    { name: 'keys', path: '/keys' },
    { name: 'doctor', path: '/doctor' },
    { name: 'members', path: '/members' },
    { name: 'tokens', path: '/tokens' },
    { name: 'policies', path: '/policies' },
    { name: 'not-found', path: '/files/0196f000-0000-7000-8000-000000000000' },
    { name: 'nowhere', path: '/nowhere' },
  ];
}

/** The pages in front of the door. */
export const doorPages = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in-expired', path: '/sign-in?expired=1' },
  { name: 'developers', path: '/developers' },
  { name: 'verify', path: '/verify' },
  { name: 'invitation-closed', path: '/invitation/not-an-open-one' },
] as const;
