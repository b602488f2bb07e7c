import type { IssuerKeys } from '../issuers/issuer-keys.ts';

/** Upper ends in seconds. */
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Durations as a Prometheus histogram. */
class Histogram {
  readonly #counts = buckets.map(() => 0);
  #sum = 0;
  #count = 0;

  observe(seconds: number): void {
    this.#sum += seconds;
    this.#count += 1;
    for (const [index, end] of buckets.entries())
      if (seconds <= end) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  lines(name: string): string[] {
    return [
      `# TYPE ${name} histogram`,
      ...buckets.map((end, index) => `${name}_bucket{le="${end}"} ${this.#counts[index]}`),
      `${name}_bucket{le="+Inf"} ${this.#count}`,
      `${name}_sum ${this.#sum}`,
      `${name}_count ${this.#count}`,
    ];
  }
}

/** What /metrics tells besides the metrics themselves. */
interface Current {
  ready: boolean;
  auditFailures: number;
  /** By the name in the configuration. */
  issuers: [string, IssuerKeys][];
}

/** What is counted. Labels are names of the configuration, so nobody outside can make up new ones. */
export class Metrics {
  readonly #decisions = new Map<string, number>();
  readonly #reloads = { good: 0, refused: 0 };
  /** How long STS takes. */
  readonly sts = new Histogram();

  decided(outcome: string, code: string, role: string): void {
    const labels = `outcome="${outcome}",code="${code}",role="${role}"`;
    this.#decisions.set(labels, (this.#decisions.get(labels) ?? 0) + 1);
  }

  reloaded(result: 'good' | 'refused'): void {
    this.#reloads[result] += 1;
  }

  /** All of it in the text format of Prometheus. */
  text({ ready, auditFailures, issuers }: Current): string {
    const name = (short: string) => `roleferry_broker_${short}`;
    const escaped = (value: string) =>
      value.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));
    const each = (short: string, of: (keys: IssuerKeys) => number) =>
      issuers.map(([issuer, keys]) => `${name(short)}{issuer="${escaped(issuer)}"} ${of(keys)}`);
    const lines = [
      `# TYPE ${name('decisions_total')} counter`,
      ...[...this.#decisions].map(([labels, count]) => `${name('decisions_total')}{${labels}} ${count}`),
      ...this.sts.lines(name('sts_seconds')),
      `# TYPE ${name('issuer_keys_age_seconds')} gauge`,
      ...each('issuer_keys_age_seconds', ({ age }) => (Number.isFinite(age) ? age : -1)),
      `# TYPE ${name('issuer_keys_failures_total')} counter`,
      ...each('issuer_keys_failures_total', ({ failures }) => failures),
      `# TYPE ${name('audit_failures_total')} counter`,
      `${name('audit_failures_total')} ${auditFailures}`,
      `# TYPE ${name('reloads_total')} counter`,
      ...Object.entries(this.#reloads).map(
        ([result, count]) => `${name('reloads_total')}{result="${result}"} ${count}`,
      ),
      `# TYPE ${name('ready')} gauge`,
      `${name('ready')} ${ready ? 1 : 0}`,
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ];
    return `${lines.join('\n')}\n`;
  }
}
