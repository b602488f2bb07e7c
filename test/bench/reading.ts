export { decodeResponse } from '../../src/core/decode-response.ts';
export { readAssertion } from '../../src/core/read-assertion.ts';
