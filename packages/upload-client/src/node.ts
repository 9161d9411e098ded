export { sendBodyWithHttp } from './send-body-with-http.ts';
