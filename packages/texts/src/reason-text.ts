/** Why a check is not simply well, in whole sentences. */
export interface ReasonText {
  cause: string;
  /** Null where there is nothing to be done. */
  remedy: string | null;
}

export const because = (cause: string, remedy: string | null): ReasonText => ({ cause, remedy });
