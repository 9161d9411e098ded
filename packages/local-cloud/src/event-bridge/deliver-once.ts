/** Runs `deliver` for an id unless it runs or has succeeded already; a failure is forgotten, so that the next try counts. */
export type DeliverOnce = (id: string, deliver: () => Promise<void>) => Promise<void>;

/** Remembers the last `limit` ids; an id older than that is delivered again, which whoever receives must bear anyway. */
export function createDeliverOnce(limit: number): DeliverOnce {
  const deliveries = new Map<string, Promise<void>>();
  return async (id, deliver) => {
    const known = deliveries.get(id);
    if (known !== undefined) return known;
    const delivery = deliver();
    deliveries.set(id, delivery);
    const [oldest] = deliveries.keys();
    if (deliveries.size > limit && oldest !== undefined) deliveries.delete(oldest);
    try {
      await delivery;
    } catch (error) {
      deliveries.delete(id);
      throw error;
    }
  };
}
