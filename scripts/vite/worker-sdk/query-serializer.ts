import { NormalizedSchema } from '@smithy/core/schema';

/** Stands for the SDK's serializer of the query protocol: what Roleferry sends are flat texts and numbers. */
export class QueryShapeSerializer {
  private buffer = '';

  setSerdeContext(): void {}

  write(schema: never, input: Record<string, unknown>): void {
    for (const [name] of NormalizedSchema.of(schema).structIterator()) {
      const value = input[name];
      if (value == null) continue;
      if (typeof value === 'object') throw new TypeError(`${name} cannot be sent`);
      this.buffer += `&${name}=${escaped(String(value))}`;
    }
  }

  flush(): string {
    const written = this.buffer;
    this.buffer = '';
    return written;
  }
}

/** RFC 3986, as the SDK's own does it. */
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
