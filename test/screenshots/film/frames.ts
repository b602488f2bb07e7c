import { pageSize, popupWidth, type Recording } from './record.ts';

/** What can be seen at one moment. */
export interface Frame {
  /** How long; milliseconds. */
  for: number;
  step: 1 | 2 | 3;
  address: string;
  /** What is in the browser's window. */
  page: Recording['login'];
  popup?: Recording['login'];
  badge: boolean;
  /** Where the mouse is in the browser's window; none while somebody types in the terminal. */
  mouse?: { x: number; y: number; pressed: boolean };
  /** What stands in the terminal. */
  terminal: string;
}

/** The popup is shown a little smaller than it is, at the right, under the toolbar. */
export const popupScale = 0.9;
export const popupPlace = { x: pageSize.width - popupWidth * popupScale - 14, y: 4 };
/** The button of the extension in the browser's toolbar, from the left upper corner of the page. */
export const toolbarButton = { x: pageSize.width - 40, y: -20 };

/** The film: log in, name the profile, use it. */
export function framesOf(recording: Recording): Frame[] {
  const { login, loginButton, console, naming, saveButton, saved, command, output } = recording;
  const [opened, ...lettered] = naming;
  const start = { x: 600, y: 120 };
  const save = {
    x: popupPlace.x + saveButton.x * popupScale,
    y: popupPlace.y + saveButton.y * popupScale,
  };
  const atIdp = {
    step: 1,
    address: 'idp.rehearsal.test',
    page: login,
    badge: false,
    terminal: '$ ',
  } as const;
  const atConsole = { ...atIdp, address: 'console.aws.amazon.com', page: console, badge: true } as const;
  const named = { ...atConsole, step: 2, badge: true } as const;
  const last = lettered.at(-1) ?? saved;
  const done = { ...atConsole, step: 3, badge: false } as const;
  return [
    { ...atIdp, for: 900, mouse: { ...start, pressed: false } },
    ...moved(start, loginButton).map((mouse) => ({ ...atIdp, for: 60, mouse })),
    { ...atIdp, for: 200, mouse: { ...loginButton, pressed: true } },
    { ...atConsole, for: 800, mouse: { ...loginButton, pressed: false } },
    ...moved(loginButton, toolbarButton).map((mouse) => ({ ...named, for: 60, mouse })),
    { ...named, for: 150, mouse: { ...toolbarButton, pressed: true } },
    { ...named, for: 900, popup: opened ?? saved, mouse: { ...toolbarButton, pressed: false } },
    ...lettered.map((popup) => ({ ...named, for: 170, popup, mouse: { ...toolbarButton, pressed: false } })),
    ...moved(toolbarButton, save).map((mouse) => ({ ...named, for: 60, popup: last, mouse })),
    { ...named, for: 200, popup: last, mouse: { ...save, pressed: true } },
    { ...named, for: 1300, badge: false, popup: saved, mouse: { ...save, pressed: false } },
    ...growing(command).map((text) => ({ ...done, for: 90, terminal: `$ ${text}` })),
    { ...done, for: 400, terminal: `$ ${command}` },
    { ...done, for: 5000, terminal: `$ ${command}\n${output.trimEnd()}\n$ ` },
  ];
}

interface Point {
  x: number;
  y: number;
}

/** The way of the mouse, slower at its ends. */
const moved = (from: Point, to: Point) =>
  [0.15, 0.5, 0.85, 1].map((part) => ({
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    pressed: false,
  }));

/** A text as somebody types it, a few letters at a time. */
const growing = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / 4) }, (_, i) => text.slice(0, (i + 1) * 4));
