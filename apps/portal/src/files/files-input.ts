import { pageSize } from './page-size.ts';

/** What the list asks for; server and browser alike, or the browser would not find what the server has put in. */
export function filesInput(needsYou: boolean): { limit: number; needsYou?: true } {
  return needsYou ? { limit: pageSize.files, needsYou } : { limit: pageSize.files };
}
