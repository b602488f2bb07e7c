import http, { type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * Hands a request on to the plain HTTP server at `port` of 127.0.0.1, under the host name that the client
 * used, and its answer back. A server that does not answer, or stops in the middle, cuts the connection.
 */
export function passOn(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url: path, headers } = message;
  const onward = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  message.pipe(onward);
}
