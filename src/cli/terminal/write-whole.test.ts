import { expect, test, vi } from 'vitest';
import { writeWhole } from './write-whole.ts';

const system = vi.hoisted(() => ({ room: 4 }));

vi.mock('node:fs', async (original) => ({
  ...(await original<object>()),
  fstatSync: () => ({ isCharacterDevice: () => false }),
  writeSync: () => {
    if (system.room === 0) throw Object.assign(new Error('no room'), { code: 'EAGAIN' });
    const { room } = system;
    system.room = 0;
    return room;
  },
}));

test('what a pipe has no room for yet goes through the stream, which waits, and so does all that follows', () => {
  const streamed: string[] = [];
  const stream = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((bytes) => streamed.push(`${bytes}`) > 0);
  const losses: unknown[] = [];
  for (const text of ['first line\n', 'second line\n'])
    writeWhole('stderr', text, (loss) => losses.push(loss));
  stream.mockRestore();
  expect(streamed).toEqual(['t line\n', 'second line\n']);
  expect(losses).toEqual([]);
});
