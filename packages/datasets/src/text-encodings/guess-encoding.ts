/** CP932 makes two bytes that UTF-8 knows by chance, of half-width kana; three hardly ever. */
const weightOfLongSequence = 4;
const evidencePerFault = 3;

/**
 * Whether bytes beyond ASCII are UTF-8 or else CP932. UTF-8 if all of them are, and if most of them are: a file with a
 * broken byte here and there stays what it is. What the bytes break off in is not looked at.
 */
export function guessEncoding(bytes: Uint8Array): 'utf-8' | 'cp932' {
  let evidence = 0;
  let faults = 0;
  for (let position = 0; position < bytes.length;) {
    if (bytes[position]! < 0x80) {
      position++;
      continue;
    }
    const size = sequenceBytes(bytes[position]!);
    let good = 1;
    while (good < size && position + good < bytes.length && continues(bytes, position, good)) good++;
    if (good < size && position + good === bytes.length) break;
    if (size > 0 && good === size) evidence += size > 2 ? weightOfLongSequence : 1;
    else faults++;
    position += good;
  }
  return evidence >= evidencePerFault * faults ? 'utf-8' : 'cp932';
}

/** Bytes of the character that begins so; 0 where none does. */
function sequenceBytes(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** Whether the byte `index` of a sequence may stand there: no surrogates, nothing written longer than it has to be. */
function continues(bytes: Uint8Array, start: number, index: number): boolean {
  const byte = bytes[start + index]!;
  if (byte < 0x80 || byte > 0xbf) return false;
  if (index > 1) return true;
  switch (bytes[start]) {
    case 0xe0:
      return byte >= 0xa0;
    case 0xed:
      return byte < 0xa0;
    case 0xf0:
      return byte >= 0x90;
    case 0xf4:
      return byte < 0x90;
    default:
      return true;
  }
}
