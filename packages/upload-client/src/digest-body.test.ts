import { describeDigestBody } from '../test/digest-body-suite.ts';
import { createMemoryDigester } from './create-memory-digester.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';

// The Web Worker runs `createMemoryDigester`; that it does is shown in a browser, by `large-files.spec.ts` of the portal.
describeDigestBody('createMemoryDigester with WebCrypto', createMemoryDigester(true));
describeDigestBody('createMemoryDigester where there is no WebCrypto', createMemoryDigester(false));
describeDigestBody('digestBodyWithNode', digestBodyWithNode);
