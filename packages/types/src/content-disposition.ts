/**
 * `attachment` with a name in any script: RFC 6266 with RFC 8187's `filename*`, and an ASCII name for clients that know
 * neither.
 */
export function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\/%]/g, '_');
  // What encodeURIComponent leaves and RFC 8187 doesn't allow.
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
