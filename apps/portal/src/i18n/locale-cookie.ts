/** Holds the language a person chose, for a year. Read by the server; not a secret. */
export const localeCookie = 'hikyaku_locale';
export const localeCookieSeconds = 365 * 24 * 60 * 60;
