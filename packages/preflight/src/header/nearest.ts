/** Of a name's characters, so many may differ for it still to be the same one. */
const mostDifferent = 0.4;
const longestCompared = 60;

/**
 * The candidate that is most likely meant by a name, or undefined where none is near: the same but for case, spaces and
 * marks, one within the other, or few characters apart.
 */
export function nearest<T>(name: string, candidates: readonly T[], nameOf: (candidate: T) => string): T | undefined {
  const wanted = bare(name);
  let best: { candidate: T; share: number } | undefined;
  for (const candidate of candidates) {
    const share = differentShare(wanted, bare(nameOf(candidate)));
    if (share <= mostDifferent && (best === undefined || share < best.share)) best = { candidate, share };
  }
  return best?.candidate;
}

function bare(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')
    .slice(0, longestCompared);
}

/** 0 for the same, 1 for nothing in common. */
function differentShare(a: string, b: string): number {
  if (a === b) return a === '' ? 1 : 0;
  const longest = Math.max(a.length, b.length);
  if (a === '' || b === '') return 1;
  const isWithin = Math.min(a.length, b.length) > 1 && (a.includes(b) || b.includes(a));
  return isWithin ? mostDifferent * (1 - Math.min(a.length, b.length) / longest) : editDistance(a, b) / longest;
}

/** Characters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (before[j] ?? 0) + Number(a[i] !== b[j]);
      row.push(Math.min(replaced, (before[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
