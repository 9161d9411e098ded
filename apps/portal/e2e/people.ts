import { e2eEnv, type Person } from './env.ts';

const { people } = e2eEnv().stack;

/** Somebody with this role in the first organization that has an uploader. */
export function personWith(role: string): Person {
  const home = people.find((person) => person.role === 'uploader')?.organization;
  const found =
    people.find((person) => person.role === role && person.organization === home) ??
    people.find((person) => person.role === role);
  if (!found) throw new Error(`nobody is a ${role}`);
  return found;
}

/** Somebody of another organization than `person`. */
export function strangerTo(person: Person): Person {
  const found = people.find((each) => each.organization !== person.organization);
  if (!found) throw new Error('there is one organization only');
  return found;
}
