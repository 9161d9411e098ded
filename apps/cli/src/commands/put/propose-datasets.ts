import { openApi } from '../../api/open-api.ts';
import type { World } from '../../world.ts';

/** Nobody who pressed Tab waits longer. */
const patienceMilliseconds = 2_000;

/** The datasets that the kept token reaches; none where that can't be known. */
export async function proposeDatasets(world: World): Promise<string[]> {
  try {
    const signal = AbortSignal.timeout(patienceMilliseconds);
    const api = await openApi(world, { signal, mostTries: 1 });
    return (await api.listDatasets()).map(({ slug }) => slug);
  } catch {
    return [];
  }
}
