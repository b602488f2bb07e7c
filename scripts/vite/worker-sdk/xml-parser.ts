import { SaxesParser } from 'saxes';

interface Element {
  name: string;
  text: string;
  children: Record<string, unknown>;
}

/**
 * Reads an answer of STS into the objects that the SDK makes of XML: elements by their names, lists where a name comes
 * again, texts as they are. Stands for the SDK's parsers: one needs DOMParser, the other would be a second one beside
 * the reader of assertions. What is not well-formed throws.
 */
export function parseXML(xml: string): Record<string, unknown> {
  const root: Element = { name: '', text: '', children: Object.create(null) };
  const open = [root];
  const parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true });
  const text = (more: string) => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    open.push({ name, text: '', children: Object.create(null) });
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    const { name, text, children } = open.pop() ?? root;
    const value = Object.keys(children).length > 0 ? children : text;
    const above = (open.at(-1) ?? root).children;
    above[name] = name in above ? [above[name], value].flat() : value;
  });
  parser.write(xml).close();
  return root.children;
}
