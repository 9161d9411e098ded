import { describeSendBody } from '../test/send-body-suite.ts';
import { sendBodyWithHttp } from './send-body-with-http.ts';

describeSendBody('sendBodyWithHttp', sendBodyWithHttp);
