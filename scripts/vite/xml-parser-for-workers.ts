import type { Plugin } from 'vite';

/**
 * Gives the extension the AWS SDK's XML parser for Node: the one for browsers needs DOMParser, which service workers
 * don't have.
 */
export const xmlParserForWorkers = (): Plugin => ({
  name: 'xml-parser-for-workers',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (source !== './xml-parser') return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return found?.id.replace('xml-parser.browser.js', 'xml-parser.js');
  },
});
