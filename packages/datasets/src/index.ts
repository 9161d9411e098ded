// How datasets are written down; how their files are read has a door of its own.
export { type DatasetInput, defineDataset, type DefinedDataset, isDefinedDataset } from './define-dataset.ts';
