// For whoever reads a text and no dataset, in browsers too: it brings nothing of the tables that files are read by.
export { savedText } from './saved-text.ts';
export { savedTextPieces } from './saved-text-pieces.ts';
