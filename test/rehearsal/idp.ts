import { randomUUID } from 'node:crypto';
import { type Answer, type Arrived, htmlAnswer, redirect } from './exchange.ts';
import { escapeMarkup, page, selfPostingForm } from './html.ts';
import { makeResponse, type ResponseOptions, signInUrl } from './saml-response.ts';
import type { Idp, IdpUser, World } from './world.ts';

const band = '#5b2a6e';

/**
 * The identity providers of `world`. `/` asks for name and password; `/sso` posts straight away for
 * someone who is still logged in, and asks otherwise: that is the address people bookmark.
 * `options` is asked for every response, so that a test can make a browser carry a particular one.
 */
export function makeIdps(
  world: World,
  options: (user: IdpUser) => ResponseOptions,
): (request: Arrived) => Answer {
  const loggedIn = new Map<string, IdpUser>();

  function postingPage(idp: Idp, user: IdpUser, headers: Record<string, string> = {}): Answer {
    const said = options(user);
    const action = signInUrl(idp, said.roles ?? user.roles, said.destinationHost);
    const fields = { SAMLResponse: makeResponse(idp, user, said), RelayState: '' };
    const content = `<h1>Signing in …</h1>${selfPostingForm(action, fields)}`;
    return htmlAnswer(page(idp.title, content, band), 200, headers);
  }

  function login(idp: Idp, request: Arrived): Answer {
    const name = request.form.get('user') ?? '';
    const user = idp.users.find((candidate) => candidate.name === name);
    if (user === undefined || user.password !== request.form.get('password')) {
      return htmlAnswer(loginPage(idp, name, 'User name or password is wrong.'), 403);
    }
    const session = randomUUID();
    loggedIn.set(session, user);
    return postingPage(idp, user, {
      'set-cookie': `session=${session}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    });
  }

  return (request) => {
    const idp = world.idps.find((candidate) => candidate.host === request.host);
    if (idp === undefined) return htmlAnswer(page('Not found', '<h1>Not found</h1>'), 404);
    const route = `${request.method} ${request.path}`;
    if (route === 'POST /login') return login(idp, request);
    if (route === 'GET /sso') {
      const session = /(?:^|;\s*)session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
      const user = loggedIn.get(session ?? '');
      return user === undefined ? redirect('/') : postingPage(idp, user);
    }
    if (route === 'GET /') {
      const user = idp.users.find((candidate) => candidate.name === idp.postsFor);
      if (user !== undefined) return postingPage(idp, user);
      return htmlAnswer(loginPage(idp, request.query.get('user') ?? idp.users[0]?.name ?? ''));
    }
    return htmlAnswer(page(idp.title, '<h1>Not found</h1>', band), 404);
  };
}

function loginPage(idp: Idp, name: string, trouble?: string): string {
  const people = idp.users
    .map((user) => {
      const shown = escapeMarkup(user.name);
      return `<dt><a href="/?user=${encodeURIComponent(user.name)}">${shown}</a></dt><dd>${escapeMarkup(user.about)}</dd>`;
    })
    .join('');
  const password = idp.users.find((user) => user.name === name)?.password ?? '';
  return page(
    idp.title,
    `<h1>Log in</h1>${trouble === undefined ? '' : `<p role="alert">${escapeMarkup(trouble)}</p>`}
<form method="post" action="/login">
<label>User name <input name="user" value="${escapeMarkup(name)}" autocomplete="off" required></label>
<label>Password <input name="password" type="password" value="${escapeMarkup(password)}" autocomplete="off" required></label>
<button>Log in</button></form>
<h2>Who can log in here</h2><dl>${people}</dl>`,
    band,
  );
}
