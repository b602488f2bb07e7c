import { SaxesParser } from 'saxes';
import { offering } from '../fixtures/response-xml.ts';
import { builtModule } from './built-module.ts';
import type { Row } from './row.ts';
import { sideBySide, timed } from './side-by-side.ts';

const account = 'arn:aws:iam::111122223333';

/** From the posted base64 to what the assertion says. */
export const assertions: Row = {
  name: 'assertions',
  async *measure(rounds) {
    const reading = new URL('./reading.ts', import.meta.url);
    const { decodeResponse, readAssertion } = await builtModule<typeof import('./reading.ts')>(reading);
    for (const roles of [1, 100, 600]) {
      const values = Array.from(
        { length: roles },
        (_, index) => `${account}:role/R${index},${account}:saml-provider/O`,
      );
      const response = Buffer.from(offering(...values)).toString('base64');
      const product = () => {
        const xml = decodeResponse(response);
        const read = xml.ok ? readAssertion(xml.value) : xml;
        if (!read.ok || read.value.roles.length !== roles) throw new Error('the roles were not read');
      };
      const floor = () => {
        const parser = new SaxesParser({ xmlns: true });
        parser.on('opentag', () => {});
        parser.write(Buffer.from(response, 'base64').toString('utf8')).close();
      };
      // One of them takes less than the clock can tell.
      const often = Math.ceil(2_000 / roles);
      const times = (act: () => void) => async () =>
        (await timed(() => {
          for (let time = 0; time < often; time++) act();
        })) / often;
      yield {
        what: `an assertion of ${roles} role${roles === 1 ? '' : 's'}`,
        against: 'base64 + a bare saxes pass',
        goal: 1.3,
        compared: await sideBySide(rounds, times(product), times(floor)),
      };
    }
  },
};
