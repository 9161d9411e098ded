import { describeDigestBody } from '../test/digest-body-suite.ts';
import { digestBodyInMemory } from './digest-body-in-memory.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';

// The Web Worker runs `digestBodyInMemory`; that it does is shown in a browser, by `upload.spec.ts` of the portal.
describeDigestBody('digestBodyInMemory with WebCrypto', (body) => digestBodyInMemory(body, true));
describeDigestBody('digestBodyInMemory where there is no WebCrypto', (body) => digestBodyInMemory(body, false));
describeDigestBody('digestBodyWithNode', digestBodyWithNode);
