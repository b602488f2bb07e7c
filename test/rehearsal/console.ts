import { type Answer, type Arrived, htmlAnswer } from './exchange.ts';
import { escapeMarkup, page } from './html.ts';

/** The console: where a login ends, saying as whom, at its home or another page. */
export function consoleHome(request: Arrived): Answer {
  const isHome = request.path === '/console/home';
  const role = request.query.get('role') ?? '';
  if (!isHome && role === '') return htmlAnswer(page('Console', '<h1>Page not found</h1>'), 404);
  const said = {
    Account: role.split(':')[4] ?? '',
    Role: role.slice(role.lastIndexOf('/') + 1),
    Session: request.query.get('session') ?? '',
  };
  const list = Object.entries(said).map(
    ([name, value]) => `<dt>${name}</dt><dd id="${name.toLowerCase()}">${escapeMarkup(value)}</dd>`,
  );
  return htmlAnswer(
    page(
      'Console',
      `<h1>${isHome ? 'Console home' : escapeMarkup(request.path)}</h1><p>You are signed in.</p><dl>${list.join('')}</dl>`,
    ),
  );
}
