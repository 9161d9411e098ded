import { browserConnectivity, type Connectivity } from './connectivity.ts';

/** How long and how often to try before giving up. */
export interface UploadPatience {
  /** While the device has no network, trying is no use. */
  connectivity: Connectivity;
  /** Tries of one request, the first included. */
  maxTries: number;
  /** Before the second try; doubles from try to try. */
  firstDelaySeconds: number;
  longestDelaySeconds: number;
  /** Without a byte moving, a try is given up. */
  stallSeconds: number;
  /** After the last byte: a proxy may have swallowed the whole body and be sending it on only now. */
  answerSeconds: number;
}

export const defaultPatience: UploadPatience = {
  connectivity: browserConnectivity,
  // About a minute and a half: a VPN that is dialled anew, a router that starts.
  maxTries: 8,
  firstDelaySeconds: 1,
  longestDelaySeconds: 30,
  stallSeconds: 60,
  answerSeconds: 300,
};
