import { failure } from '../../../core/failure.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import { layoutOf, type Surroundings } from '../system/surroundings.ts';
import { wslDistribution } from '../system/wsl.ts';
import { browsers } from './browsers.ts';
import { findSandboxes } from './sandboxes.ts';
import { findBrowsers, type Selection, selectedTargets, type Target, targetsOf } from './targets.ts';

/**
 * The places of the selected browser, else of all browsers of this user.
 * Failures: `browser-not-here`, `browser-not-found`, `browser-sandboxed`, `browser-in-windows`.
 */
export function chooseTargets(selection: Selection, surroundings: Surroundings): Result<Target[]> {
  const selected = selectedTargets(selection, surroundings);
  if (!selected.ok) return selected;
  if (selected.value !== undefined) return ok(selected.value);
  const found = findBrowsers(surroundings);
  if (found.length > 0) return ok(found.flatMap((browser) => targetsOf(browser, surroundings)));
  const [sandbox] = findSandboxes(surroundings);
  if (sandbox !== undefined) {
    return failed(failure('browser-sandboxed', { browser: sandbox.browser, packaging: sandbox.packaging }));
  }
  const distribution = wslDistribution(surroundings);
  if (distribution !== undefined) return failed(failure('browser-in-windows', { distribution }));
  const layout = layoutOf(surroundings.platform);
  const lookedFor = browsers.filter(({ places }) => places[layout]).map(({ name }) => name);
  return failed(failure('browser-not-found', { lookedFor: lookedFor.join(', ') }));
}
