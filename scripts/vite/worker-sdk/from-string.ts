import { NormalizedSchema } from '@smithy/core/schema';

/** Stands for the SDK's reader of single values: answers of STS hold texts, numbers and times in RFC 3339. */
export class FromStringShapeDeserializer {
  setSerdeContext(): void {}

  read(schema: never, text: string): unknown {
    const value = NormalizedSchema.of(schema);
    if (value.isTimestampSchema()) return timeIn(text);
    return value.isNumericSchema() ? Number(text) : text;
  }
}

function timeIn(text: string): Date {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text))
    throw new TypeError('not a time');
  return new Date(text);
}
