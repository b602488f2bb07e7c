import type { Plugin } from 'vite';

/**
 * Gives the extension the XML parser that the AWS SDK has for Node: the one that it has for browsers asks DOMParser,
 * which a service worker has not.
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
