export { digestBodyWithNode } from './digest-body-with-node.ts';
export { sendBodyWithHttp } from './send-body-with-http.ts';
