/** While little happens it is seen at once; a folder of thousands on its way is looked at every few seconds. */
const shortestMilliseconds = 700;
const longestMilliseconds = 5_600;
/** Asked for so often within one pause, the next one is twice as long. */
const often = 8;

export interface CalmCaller {
  call: () => void;
  /** Lets go of a call that waits. */
  stop: () => void;
}

/** Calls at once, and then after a pause, however often it is asked meanwhile; the more often, the longer the pause. */
export function createCalmCaller(work: () => void): CalmCaller {
  let pause = shortestMilliseconds;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    asked = 0;
    timer = setTimeout(end, pause);
    work();
  };
  const end = () => {
    timer = undefined;
    pause = asked < often ? shortestMilliseconds : Math.min(pause * 2, longestMilliseconds);
    if (asked > 0) run();
  };
  return {
    call() {
      asked += 1;
      if (timer === undefined) run();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
