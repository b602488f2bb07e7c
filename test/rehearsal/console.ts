import { type Answer, type Arrived, htmlAnswer } from './exchange.ts';
import { escapeMarkup, page } from './html.ts';

/** The console's home: where a login ends, saying as whom. */
export function consoleHome(request: Arrived): Answer {
  if (request.path !== '/console/home') return htmlAnswer(page('Console', '<h1>Page not found</h1>'), 404);
  const role = request.query.get('role') ?? '';
  const said = {
    Account: role.split(':')[4] ?? '',
    Role: role.slice(role.lastIndexOf('/') + 1),
    Session: request.query.get('session') ?? '',
  };
  const list = Object.entries(said).map(
    ([name, value]) => `<dt>${name}</dt><dd id="${name.toLowerCase()}">${escapeMarkup(value)}</dd>`,
  );
  return htmlAnswer(
    page('Console', `<h1>Console home</h1><p>You are signed in.</p><dl>${list.join('')}</dl>`),
  );
}
