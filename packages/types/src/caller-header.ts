/**
 * A page says with each call of the API for whom it was made, where browsers know no more than who is signed in now. A page that is left open while
 * somebody else signs in would go on in their name, and send its files to their organization.
 */
export const callerHeader = 'hikyaku-caller';

/** A person in an organization, as `callerHeader` names them. */
export function callerName({ organization, person }: { organization: { id: string }; person: { id: string } }): string {
  return `${organization.id}/${person.id}`;
}
