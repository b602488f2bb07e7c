export const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
const soap =
  /^(http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/|http:\/\/www\.w3\.org\/2003\/05\/soap-envelope)$/;
const xmldsig = 'http://www.w3.org/2000/09/xmldsig#';

/** An element that is read, or leads to one. */
export interface Place<Open> {
  /** The names leading to it, from the Response or the SOAP envelope around it, without prefixes. */
  way: string;
  /** SOAP has two. */
  uri?: string | undefined;
  /** What to do when the parser comes to it. */
  open?: Open | undefined;
  /** By local name. */
  below: Record<string, Place<Open>>;
}

const namespaces: Record<string, string> = { saml, samlp: protocol, ds: xmldsig };

/** The places that the keys of `known` lead to. */
export function placesOf<Open>(known: Record<string, Open | undefined>): Place<Open> {
  const root: Place<Open> = { way: '', below: Object.create(null) };
  for (const [way, open] of Object.entries(known)) {
    let place = root;
    for (const name of way.split(' ')) {
      // Stryker disable next-line StringLiteral: each of these names has both parts
      const [prefix, local = ''] = name.split(':');
      const below: Place<Open> = place.below[local] ?? {
        way: `${place.way} ${name}`.trim(),
        uri: namespaces[prefix ?? ''],
        below: Object.create(null),
      };
      place.below[local] = below;
      place = below;
    }
    place.open = open;
  }
  return root;
}

/** What may stand around a Response. */
export const outside = placesOf<never>({
  'soap:Envelope soap:Header': undefined,
  'soap:Envelope soap:Body samlp:Response': undefined,
  'samlp:Response': undefined,
});

/** Everything below an element that is not read: a hostile document's depth and names must cost nothing. */
const elsewhere: Place<never> = { way: '*', below: Object.create(null) };

/** The place of an element in `above`. Everything inside a SOAP header belongs to that header. */
export function placeBelow<Open>(above: Place<Open>, local: string, uri: string): Place<Open> {
  const place = above.below[local];
  if (place !== undefined && (place.uri === undefined ? soap.test(uri) : place.uri === uri)) return place;
  return above.way === 'soap:Envelope soap:Header' ? above : elsewhere;
}
