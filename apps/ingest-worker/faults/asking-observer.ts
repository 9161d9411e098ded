import type { RunObserver, RunPoint } from '../src/run-points.ts';
import { type Question, type Reply, reply } from './observed-messages.ts';

/** Asks the process that started this one, and waits for what it says. */
export function askingObserver(): RunObserver {
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  process.on('message', (message) => {
    const answered = reply.parse(message);
    waiting.get(answered.number)?.(answered);
    waiting.delete(answered.number);
  });
  const ask = (kind: Question['kind'], point: RunPoint, objectKey: string) =>
    new Promise<Reply>((resolve) => {
      const question: Question = { number: ++count, kind, point, objectKey };
      waiting.set(question.number, resolve);
      process.send?.(question);
    });

  return {
    async reach(point, objectKey) {
      await ask('reach', point, objectKey);
    },
    async *watch(points, objectKey, bytes) {
      const halves = new Map<RunPoint, number>();
      for (const point of points) {
        const { half } = await ask('half', point, objectKey);
        if (half !== undefined) halves.set(point, half);
      }
      let passed = 0;
      const reachAll = async (areBehind: boolean) => {
        for (const [point, half] of halves) {
          // The next piece is only asked for when the one before was taken apart.
          if ((point === 'copy-half') !== areBehind || passed < half) continue;
          halves.delete(point);
          await ask('reach', point, objectKey);
        }
      };
      for await (const piece of bytes) {
        passed += piece.length;
        await reachAll(false);
        yield piece;
        await reachAll(true);
      }
    },
  };
}
