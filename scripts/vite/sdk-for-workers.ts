import type { Plugin } from 'vite';
import { leanModules, leanPieces, own } from './lean-sdk.ts';
import { substitute } from './substitute.ts';

/**
 * The AWS SDK for browsers needs what a service worker has not, and brings much that two calls of STS do not need.
 * What takes the place of what, and why: docs/decisions/0003-aws-sdk-in-a-worker.md.
 */
export const sdkForWorkers = (): Plugin =>
  substitute('sdk-for-workers', {
    modules: {
      ...leanModules,
      '@aws-sdk/client-sts/dist-es/STSClient.js': own('worker-sdk/sts-client.ts'),
      '@aws-sdk/xml-builder/dist-es/xml-parser.browser.js': own('worker-sdk/xml-parser.ts'),
      'xmlchars/xml/1.1/ed2.js': own('worker-sdk/xml-chars.ts'),
    },
    pieces: {
      ...leanPieces,
      // Two of its messages end in these words, on which the check for `document.` would stumble. It is told to read
      // XML 1.0, so the characters of XML 1.1 are left out.
      'saxes/saxes.js': [/(of the document)\.|\n {4}getCode11\(\) \{[\s\S]*?\n {4}\}(?=\n)/g, '$1'],
    },
  });
