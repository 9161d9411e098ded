import { type S3Address, s3Url } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { layeredName, type Layers } from '../../put/layers.ts';
import type { Source } from '../../put/source.ts';

/**
 * Where in storage each of them goes.
 *
 * @throws CommandFailure same-key: one would be written over the other
 */
export function storageTargets(
  sources: readonly Source[],
  address: S3Address,
  layers: Layers,
): ReadonlyMap<Source, S3Address> {
  const targets = new Map<Source, S3Address>();
  const taken = new Map<string, string>();
  for (const source of sources) {
    const target = targetOf(source, address, layers, sources.length === 1);
    const earlier = taken.get(target.key);
    if (earlier !== undefined) {
      throw new CommandFailure('same-key', { one: earlier, other: source.path, target: s3Url(target) });
    }
    taken.set(target.key, source.path);
    targets.set(source, target);
  }
  return targets;
}

/** Under its own name; as the key itself only where it is the one file that was named: a folder may hold more tomorrow. */
function targetOf(source: Source, { bucket, key }: S3Address, layers: Layers, isOnly: boolean): S3Address {
  const name = layeredName(source.name, layers);
  if (key === '' || key.endsWith('/')) return { bucket, key: key + name };
  return isOnly && source.isNamed ? { bucket, key } : { bucket, key: `${key}/${name}` };
}
