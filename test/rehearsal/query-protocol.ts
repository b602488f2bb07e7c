import { randomUUID } from 'node:crypto';
import type { Answer } from './exchange.ts';
import { escapeMarkup } from './html.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** What an STS action answers: elements in order, nested as objects; undefined ones are left out. */
export interface Fields {
  [name: string]: string | number | Fields | undefined;
}

/** A good answer in the envelope of AWS's query protocol. */
export const resultAnswer = (action: string, fields: Fields): Answer =>
  xmlAnswer(200, (requestId) =>
    element(
      `${action}Response`,
      element(`${action}Result`, elements(fields)) +
        element('ResponseMetadata', element('RequestId', requestId)),
    ),
  );

/** An error in the same protocol; from 500 on it is the receiver's fault. */
export const errorAnswer = (status: number, code: string, message: string): Answer =>
  xmlAnswer(status, (requestId) =>
    element(
      'ErrorResponse',
      element(
        'Error',
        elements({ Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }),
      ) + element('RequestId', requestId),
    ),
  );

function xmlAnswer(status: number, root: (requestId: string) => string): Answer {
  const requestId = randomUUID();
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: root(requestId).replace('>', ` xmlns="${namespace}">`),
  };
}

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;

const elements = (fields: Fields): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      element(name, typeof value === 'object' ? elements(value) : escapeMarkup(String(value))),
    )
    .join('');
