import { readFileSync } from 'node:fs';
import { escapeMarkup } from '../../rehearsal/html.ts';
import { type Frame, popupPlace, popupScale, toolbarButton } from './frames.ts';
import { type Colours, pageSize, popupWidth } from './record.ts';

/** How large the film is; CSS pixels. */
export const filmSize = { width: pageSize.width + 2, height: 624 };

const icon = readFileSync(new URL('../../../icons/128.png', import.meta.url)).toString('base64');
const picture = (png: string) => `data:image/png;base64,${png}`;

const steps = ['Log in to AWS as usual', 'Name the profile, once', 'Your terminal has it'];

const looks = {
  light: { back: '#fff', text: '#1f2328', muted: '#656d76', line: '#d0d7de', bar: '#eef1f4', field: '#fff' },
  dark: {
    back: '#0d1117',
    text: '#e6edf3',
    muted: '#8d96a0',
    line: '#3d444d',
    bar: '#161b22',
    field: '#0d1117',
  },
};

/** One frame as a page. */
export function draw(frame: Frame, colours: Colours): string {
  const { back, text, muted, line, bar, field } = looks[colours];
  const { mouse, popup } = frame;
  return `<!doctype html><style>
  * { box-sizing: border-box; }
  body { margin: 0; background: ${back}; color: ${text}; font: 15px/1.4 system-ui, sans-serif; }
  ol { display: grid; grid-template-columns: repeat(3, 1fr); margin: 0; padding: 0 0 10px; list-style: none; }
  li { display: flex; gap: 8px; align-items: center; color: ${muted}; height: 34px; white-space: nowrap; }
  li b { width: 24px; height: 24px; border-radius: 12px; border: 1.5px solid ${muted}; display: grid; place-items: center; font-size: 13px; }
  li.now { color: ${text}; font-weight: 650; } li.now b { background: #0b6e99; border-color: #0b6e99; color: #fff; }
  .window { border: 1px solid ${line}; border-radius: 10px; overflow: hidden; position: relative; }
  .bar { height: 40px; background: ${bar}; border-bottom: 1px solid ${line}; padding: 6px 60px 6px 14px; }
  .address { background: ${field}; border: 1px solid ${line}; border-radius: 14px; height: 28px; padding: 0 14px; font-size: 14px; line-height: 26px; color: ${muted}; }
  .page { width: ${pageSize.width}px; height: ${pageSize.height}px; position: relative; }
  .page > img { position: absolute; }
  .button { position: absolute; left: ${toolbarButton.x - 12}px; top: 8px; }
  .button img { width: 24px; display: block; }
  .button i { position: absolute; left: 9px; top: 11px; background: #0b6e99; color: #fff; font: 600 10px/14px system-ui; padding: 0 3px; border-radius: 4px; }
  .popup { left: ${popupPlace.x}px; top: ${popupPlace.y}px; width: ${popupWidth * popupScale}px;
    border-radius: 8px; outline: 1px solid ${line}; box-shadow: 0 6px 14px #0006; }
  .mouse { position: absolute; left: ${mouse?.x}px; top: ${(mouse?.y ?? 0) + 40}px; }
  pre { margin: 12px 0 0; height: 176px; padding: 12px 16px; background: #161b22; color: #e6edf3; border: 1px solid ${line}; border-radius: 10px;
    font: 15px/21px 'DejaVu Sans Mono', monospace; }
  </style>
  <ol>${steps.map((step, i) => `<li${i + 1 === frame.step ? ' class="now"' : ''}><b>${i + 1}</b>${step}</li>`).join('')}</ol>
  <div class="window">
    <div class="bar"><div class="address">${frame.address}</div></div>
    <div class="button"><img src="${picture(icon)}" alt="">${frame.badge ? '<i>new</i>' : ''}</div>
    <div class="page"><img src="${picture(frame.page[colours])}" alt="" width="${pageSize.width}">
    ${popup === undefined ? '' : `<img class="popup" src="${picture(popup[colours])}" alt="">`}</div>
    ${mouse === undefined ? '' : arrow(mouse.pressed)}
  </div>
  <pre>${escapeMarkup(frame.terminal)}<span style="background:#e6edf3">&nbsp;</span></pre>`;
}

const arrow = (pressed: boolean): string =>
  `<svg class="mouse" width="${pressed ? 18 : 22}" viewBox="0 0 16 22"><path d="M1 1v16l4-4 3 7 3-1-3-7h6z" fill="#000" stroke="#fff" stroke-width="1.5"/></svg>`;
