export { savedText } from './saved-text.ts';
