import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DefinedDataset, isDefinedDataset } from '@hikyaku/datasets';

/** Every dataset a file exports, by whatever name. @throws Error where it exports none, or contradicts itself */
export async function loadDatasets(path: string): Promise<DefinedDataset[]> {
  const exported: object = await import(pathToFileURL(resolve(path)).href);
  const datasets = Object.values(exported).filter(isDefinedDataset);
  if (datasets.length === 0) throw new Error(`${path} exports nothing that defineDataset() gives.`);
  return datasets;
}
