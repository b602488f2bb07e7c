/** Escapes text for HTML and XML, in content and in quoted attributes. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr auto; background: Canvas; color: CanvasText; }
  header { padding: .8rem 1.5rem; font-weight: 600; background: var(--band, #26374d); color: #fff; }
  main { box-sizing: border-box; width: min(40rem, 100%); margin: 0 auto; padding: 2rem 1.5rem; }
  footer { padding: .8rem 1.5rem; font-size: .85rem; color: GrayText; }
  h1 { margin: 0 0 1rem; font-size: 1.5rem; }
  fieldset { margin: 0 0 1rem; padding: .8rem 1rem; border: 1px solid GrayText; border-radius: .5rem; }
  label { display: block; margin: .3rem 0; }
  input:not([type=radio]) { display: block; box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
  button { margin-top: 1rem; padding: .5rem 1.4rem; font: inherit; border: 0; border-radius: .4rem; background: #1858c4; color: #fff; }
  dt { font-weight: 600; } dd { margin: 0 0 .6rem; }
`;

/** A page in the rehearsal's plain dress. `content` is HTML; `title` and `band` (a CSS colour) are not. */
export const page = (title: string, content: string, band = '#26374d'): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeMarkup(title)}</title><style>${style}</style></head>
<body style="--band:${band}"><header>${escapeMarkup(title)}</header><main>${content}</main>
<footer>Roleferry rehearsal: nothing here is AWS, and nothing leaves this machine.</footer></body>
</html>`;

/** A form that posts itself, with a button for when scripts are off. */
export function selfPostingForm(action: string, fields: Record<string, string>): string {
  return `<form method="post" action="${escapeMarkup(action)}">${hiddenFields(fields)}<noscript><button>Continue</button></noscript></form>
<script>document.forms[0].submit()</script>`;
}

export const hiddenFields = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(
      ([name, value]) => `<input type="hidden" name="${escapeMarkup(name)}" value="${escapeMarkup(value)}">`,
    )
    .join('');
