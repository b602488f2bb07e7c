import { describe, expect, it } from 'vitest';
import { rawFrame } from '../../test/fixtures/host-process.ts';
import { failure } from '../core/failure.ts';
import { maxMessageBytes } from '../core/protocol/protocol.ts';
import { ok } from '../core/result.ts';
import { answerEnvelope } from './answer-envelope.ts';
import { encodeFrame, type Frame, FrameDecoder } from './framing.ts';

const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const shown = (frame: Frame) =>
  frame.kind === 'message' ? Buffer.from(frame.bytes).toString('utf8') : `too large: ${frame.byteLength}`;
const stream = Buffer.concat([
  rawFrame(bytesOf('{"a":1}')),
  rawFrame(bytesOf('')),
  rawFrame(bytesOf('"ü"')),
  rawFrame(Buffer.alloc(maxMessageBytes + 1)),
  rawFrame(bytesOf('true')),
]);
const expected = ['{"a":1}', '', '"ü"', `too large: ${maxMessageBytes + 1}`, 'true'];

describe('FrameDecoder', () => {
  it('reads messages that arrive all in one piece', () => {
    expect(new FrameDecoder().push(stream).map(shown)).toEqual(expected);
  });

  it.each([1, 3, 4, 997, 65_536])('reads messages that arrive in pieces of %d bytes', (size) => {
    // The one that is too large takes long byte by byte and shows no more than in pieces of 997.
    const whole = size < 997 ? stream.subarray(0, 23) : stream;
    const decoder = new FrameDecoder();
    const frames = [];
    for (let at = 0; at < whole.length; at += size)
      frames.push(...decoder.push(whole.subarray(at, at + size)));
    expect(frames.map(shown)).toEqual(size < 997 ? expected.slice(0, 3) : expected);
  });

  it('reads messages that are cut in two at any byte', () => {
    const two = Buffer.concat([rawFrame(bytesOf('{"first":1}')), rawFrame(bytesOf('{"second":"€"}'))]);
    for (let cut = 0; cut <= two.length; cut += 1) {
      const decoder = new FrameDecoder();
      const frames = [...decoder.push(two.subarray(0, cut)), ...decoder.push(two.subarray(cut))];
      expect(frames.map(shown)).toEqual(['{"first":1}', '{"second":"€"}']);
    }
  });

  it('does not mix up a message with memory that the sender uses again', () => {
    const decoder = new FrameDecoder();
    const reused = Buffer.from(rawFrame(bytesOf('one')));
    const frames = decoder.push(reused);
    reused.fill(0);
    expect(frames.map(shown)).toEqual(['one']);
  });

  it('does not keep an empty message until more has come', () => {
    expect(new FrameDecoder().push(rawFrame(bytesOf(''))).map(shown)).toEqual(['']);
  });

  it('takes a message of exactly the limit', () => {
    const [frame] = new FrameDecoder().push(rawFrame(Buffer.alloc(maxMessageBytes, 32)));
    expect(frame).toMatchObject({ kind: 'message' });
  });

  it('reports a message above the limit at once, before its bytes have come', () => {
    const [frame] = new FrameDecoder().push(rawFrame(Buffer.alloc(0), 0xffff_ffff));
    expect(frame).toEqual({ kind: 'too-large', byteLength: 0xffff_ffff });
  });

  it('gives nothing for a message that never becomes whole', () => {
    const whole = rawFrame(bytesOf('{"a":1}'));
    for (let length = 0; length < whole.length; length += 1) {
      expect(new FrameDecoder().push(whole.subarray(0, length))).toEqual([]);
    }
  });
});

describe('encodeFrame', () => {
  it('counts bytes, not characters', () => {
    const frame = encodeFrame(answerEnvelope('1', ok('€')));
    expect(frame.readUInt32LE()).toBe(frame.length - 4);
    expect(JSON.parse(frame.subarray(4).toString('utf8'))).toMatchObject({ id: '1', value: '€' });
  });

  it('says so, with the id of the request, when an answer is too large for a browser', () => {
    const frame = encodeFrame(answerEnvelope('big', ok('x'.repeat(maxMessageBytes))));
    expect(frame.length).toBeLessThan(1000);
    const bytes = Buffer.from(JSON.stringify(answerEnvelope('big', ok('x'.repeat(maxMessageBytes))))).length;
    expect(JSON.parse(frame.subarray(4).toString('utf8'))).toMatchObject({
      id: 'big',
      ok: false,
      failure: failure('message-too-large', { bytes, limit: maxMessageBytes }),
    });
  });

  it('sends an answer of exactly the limit', () => {
    const around = encodeFrame(answerEnvelope('1', ok(''))).length - 4;
    const frame = encodeFrame(answerEnvelope('1', ok('x'.repeat(maxMessageBytes - around))));
    expect(frame.length).toBe(maxMessageBytes + 4);
  });
});
