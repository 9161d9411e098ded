import { valueFlag } from '../arguments/flags.ts';
import { parseText } from '../arguments/parse-values.ts';
import type { Say } from '../commands/say.ts';

/** As the AWS CLI has them. */
export interface StorageFlags {
  endpointUrl?: string;
  region?: string;
  profile?: string;
}

export function storageFlags(say: Say) {
  return {
    endpointUrl: valueFlag(
      say({ ja: 'AWS 以外の保管場所の URL', en: 'URL of a store that is not AWS' }),
      'URL',
      parseText,
    ),
    region: valueFlag(say({ ja: 'AWS のリージョン', en: 'Region of AWS' }), 'REGION', parseText),
    profile: valueFlag(say({ ja: '~/.aws/config のプロファイル', en: 'Profile of ~/.aws/config' }), 'NAME', parseText),
  };
}
