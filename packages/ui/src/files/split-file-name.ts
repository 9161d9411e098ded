const tailLength = 6;

// In NFD, as a Mac sends them, the dots of が are a code point of their own.
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** `.csv`, `.csv.gz.age`: what a file is packed in belongs to what it is. */
const extensions = /(?<=.)(?:\.[a-z0-9]{1,9}){1,3}$/i;

/**
 * A file name in two: a head that may be cut and a tail that stays (the extensions and a few characters before them).
 * Marks that turn the reading direction around are made visible, or `gnp.exe` would read as `exe.png`.
 */
export function splitFileName(fileName: string): { head: string; tail: string } {
  const legible = fileName.replaceAll(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g, '\uFFFD');
  const characters = Array.from(graphemes.segment(legible), ({ segment }) => segment);
  const extension = extensions.exec(legible)?.[0].length ?? 0;
  const cut = Math.max(0, characters.length - extension - tailLength);
  if (cut < tailLength) return { head: characters.join(''), tail: '' };
  return { head: characters.slice(0, cut).join(''), tail: characters.slice(cut).join('') };
}
