/** Rows asked for at once, by server and browser alike, so that the browser finds what the server has put in. */
export const pageSize = { recent: 8, needsYou: 5, files: 30, rejects: 25, unrouted: 50 } as const;
