import { describe, expect, it } from 'vitest';
import { nextSteps } from './next-steps.ts';

describe('the steps that are left to a person', () => {
  it('name the browser, the page and the exact folder', () => {
    const [step = '', ...more] = nextSteps([
      { target: '/home/ann/.local/share/roleferry/roleferry-host', change: 'written' },
      {
        browser: 'Chrome, Edge',
        extension: 'chromium',
        target: '/data/extension/chromium',
        change: 'written',
      },
    ]);
    expect(more).toEqual([]);
    expect(step).toContain('in Chrome, Edge: open chrome://extensions');
    expect(step).toMatch(/^ {2}\/data\/extension\/chromium$/m);
  });

  it.each([
    ['/data/extension/firefox', '/data/extension/firefox/manifest.json'],
    ['C:\\data\\extension\\firefox', 'C:\\data\\extension\\firefox\\manifest.json'],
  ])('name the file that Firefox asks for, and that it does not stay', (target, file) => {
    const [step = ''] = nextSteps([
      { browser: 'Firefox', extension: 'firefox', target, change: 'up to date' },
    ]);
    expect(step.split('\n')).toContain(`  ${file}`);
    expect(step).toContain('until it is closed');
  });

  it('are none where no extension was installed', () => {
    expect(nextSteps([{ target: '/data/host.json', change: 'written' }])).toEqual([]);
  });
});
