/** How long and how often to try before giving up. */
export interface UploadPatience {
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
  maxTries: 5,
  firstDelaySeconds: 1,
  longestDelaySeconds: 30,
  stallSeconds: 60,
  answerSeconds: 300,
};
