/** What stands between commas, spaces and line ends. */
export function commaList(text: string): string[] {
  return text.split(/[\s,、]+/).filter((each) => each !== '');
}
