/** What people are told of a failure, in this order; each part is one or more whole sentences. */
export type ErrorText = {
  whatHappened: string;
  /** Null where no file is concerned. */
  whatBecameOfFile: string | null;
  whatToDo: string;
};
