export { type ObjectCreated, type ObjectEvent, type ParsedMessage, parseMessage } from './parse-message.ts';
