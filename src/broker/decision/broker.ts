import type { Config } from '../config/schema.ts';
import { IssuerKeys } from '../issuers/issuer-keys.ts';
import { proofLifetime } from '../issuers/proof.ts';
import { UsedProofs } from '../issuers/used-proofs.ts';
import type { KnownIssuer } from '../issuers/verify-token.ts';
import { RateLimit } from '../roles/rate-limit.ts';
import { SingleFlight } from '../roles/single-flight.ts';
import { type Assumed, Sts } from '../roles/sts.ts';
import { Audit } from './audit.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';

/** The two clocks, in milliseconds: the time of day, and one that nobody sets. */
export interface Clocks {
  now: () => number;
  monotonic: () => number;
}

const realClocks: Clocks = { now: Date.now, monotonic: () => performance.now() };

/** All that a running broker has. The configuration and what follows from it change at a reload, the rest stays. */
export class Broker {
  readonly clocks: Clocks;
  readonly metrics = new Metrics();
  readonly sts = new Sts();
  readonly usedProofs: UsedProofs;
  readonly flights: SingleFlight<Assumed>;
  readonly rateLimit: RateLimit;
  readonly #log: Log;
  config: Config;
  issuers: KnownIssuer[] = [];
  audit: Audit;
  #draining = false;

  /** Opens the audit; throws what the system says where that cannot be. */
  constructor(config: Config, log: Log, clocks = realClocks) {
    this.config = config;
    this.clocks = clocks;
    this.#log = log;
    this.audit = new Audit(config.audit);
    this.usedProofs = new UsedProofs(proofLifetime, clocks.monotonic);
    this.flights = new SingleFlight(clocks.monotonic);
    this.rateLimit = new RateLimit(clocks.monotonic);
    this.issuers = this.#issuersOf(config);
  }

  /** Has the keys of all issuers loaded; those of an issuer that is away come later. */
  async start(): Promise<void> {
    await Promise.all(this.issuers.map(({ keys }) => keys.start()));
  }

  /** Takes another configuration. Keys of issuers that stay are kept. Throws as the constructor, and changes nothing. */
  async reload(config: Config): Promise<void> {
    const audit = new Audit(config.audit);
    this.audit.close();
    this.audit = audit;
    const before = this.issuers;
    this.config = config;
    this.issuers = this.#issuersOf(config);
    const kept = new Set(this.issuers.map(({ keys }) => keys));
    for (const { keys } of before) if (!kept.has(keys)) keys.stop();
    await this.start();
  }

  #issuersOf(config: Config): KnownIssuer[] {
    return Object.entries(config.issuers).map(([name, issuer]) => {
      const { issuer: url, jwksUri, jwksFile } = issuer;
      const known = this.issuers.find(
        ({ config: old }) => old.issuer === url && old.jwksUri === jwksUri && old.jwksFile === jwksFile,
      );
      const { monotonic } = this.clocks;
      const onFailure = (reason: string) => this.#log('issuer-keys-not-loaded', { issuer: name, reason });
      return { name, config: issuer, keys: known?.keys ?? new IssuerKeys(issuer, { monotonic, onFailure }) };
    });
  }

  /** Whether a load balancer should send requests: some issuer's tokens can be verified, and the end is not near. */
  get ready(): boolean {
    return !this.#draining && this.issuers.some(({ keys }) => keys.loaded);
  }

  drain(): void {
    this.#draining = true;
  }

  get draining(): boolean {
    return this.#draining;
  }

  close(): void {
    for (const { keys } of this.issuers) keys.stop();
    this.sts.close();
    this.audit.close();
  }
}
