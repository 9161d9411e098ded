import { expect, test } from 'vitest';
import { emptyPolicies, samplePolicies, sampleRequest } from './sample.ts';
import { type Workbench, workbench } from './workbench.ts';

test('the Lambda role with logs alone reads and writes by the word of the bucket', () => {
  const { answers, policies } = workbench(samplePolicies, sampleRequest);
  expect(answers?.map(({ request, decision }) => [request.action, request.resource, decision.outcome])).toEqual([
    ['s3:GetObject', 'arn:aws:s3:::files/incoming/photo.jpg', 'Allowed'],
    ['s3:GetObject', 'arn:aws:s3:::files/thumbnails/photo.jpg', 'ImplicitlyDenied'],
    ['s3:PutObject', 'arn:aws:s3:::files/incoming/photo.jpg', 'ImplicitlyDenied'],
    ['s3:PutObject', 'arn:aws:s3:::files/thumbnails/photo.jpg', 'Allowed'],
  ]);
  expect(policies.bucket).toMatchObject({ findings: [], size: { limit: 20_480, fits: true } });
  expect(policies.boundary).toEqual({ findings: [] });
});

const of = (...principals: string[]) =>
  workbench(samplePolicies, { ...sampleRequest, principals: principals.join('\n') });
const namesIn = ({ answers = [] }: Workbench) => [
  ...new Set(answers.flatMap(({ statements }) => statements.map(({ at }) => at.policyName))),
];

test('who has the same policies for want of others is told, and no policy is called after one of several', () => {
  const [role, jane] = [sampleRequest.principals, 'arn:aws:iam::111122223333:user/jane'];
  expect([of(role), of(role, '*'), of(role, jane)].map(({ isShared }) => isShared)).toEqual([false, false, true]);
  expect(namesIn(of(role))).toEqual(['files', 'thumbnails']);
  expect(namesIn(of(role, jane))).toEqual(['files', 'identity']);
  expect(
    workbench({ ...samplePolicies, identity: '' }, { ...sampleRequest, principals: `${role}\n${jane}` }),
  ).toMatchObject({ isShared: false });
});

test('nothing is answered of an account that is none', () => {
  expect(workbench(samplePolicies, { ...sampleRequest, accountId: '1234' }).answers).toBeUndefined();
});

test('nothing is answered while a policy can not be read, or where there would be too much to read', () => {
  expect(workbench({ ...samplePolicies, scp: '{' }, sampleRequest).answers).toBeUndefined();
  const actions = Array.from({ length: 40 }, (_, index) => `s3:Get${index}`).join('\n');
  expect(workbench(samplePolicies, { ...sampleRequest, actions })).toMatchObject({ isCut: true });
  expect(workbench(emptyPolicies, sampleRequest).answers).toHaveLength(4);
});
