import type { Result } from '../../core/result.ts';

/** Logs in while answers go out. */
export class BackgroundLogin {
  readonly #logIn: (profile: string, opened: () => void) => Promise<Result<boolean>>;
  readonly #report: (result: Result<boolean>) => void;
  #begunFor: string | undefined;
  #isOpen = false;

  /**
   * `logIn` logs in for a profile, calls back when the browser opens, and returns whether there was a way to log in; `report` is told how it
   * ended.
   */
  constructor(
    logIn: (profile: string, opened: () => void) => Promise<Result<boolean>>,
    report: (result: Result<boolean>) => void,
  ) {
    this.#logIn = logIn;
    this.#report = report;
  }

  /**
   * Begins a login for the credentials of `profile` that `ending` names, once. So a program that asks all night opens one page and not
   * hundreds.
   */
  begin(profile: string, ending: string): void {
    if (this.#begunFor === ending) return;
    this.#begunFor = ending;
    const opened = () => {
      this.#isOpen = true;
    };
    void this.#logIn(profile, opened)
      .finally(() => {
        this.#isOpen = false;
      })
      .then(this.#report);
  }

  /** Whether the user is expected to log in in the browser. */
  get isOpen(): boolean {
    return this.#isOpen;
  }
}
