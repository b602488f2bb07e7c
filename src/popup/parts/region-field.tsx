import { useId } from 'preact/hooks';
import { partitionOf } from '../../core/aws/partition.ts';
import { isRegion } from '../../core/aws/region.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { text } from '../../webext/text.ts';

/** The region of a new profile, asked once, or as the administrator has set it. */
export function RegionField({
  value,
  fixed,
  roleArn,
  onInput,
}: {
  value: string;
  /** The administrator has set it. */
  fixed: boolean;
  /** Its partition's regions are offered. */
  roleArn: string;
  onInput: (region: string) => void;
}) {
  const id = useId();
  const problem = isRegion(value) || value === '' ? undefined : text('options_regionProblem');
  const regions = partitionOf(parseRoleArn(roleArn)?.partition ?? '')?.regions ?? [];
  return (
    <div class="name-rule">
      <label for={id}>{text('popup_region')}</label>
      <input
        id={id}
        class="code"
        list={`${id}-regions`}
        value={value}
        placeholder={text('popup_regionNone')}
        dir="ltr"
        maxLength={32}
        readOnly={fixed}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => onInput(currentTarget.value.trim())}
      />
      <datalist id={`${id}-regions`}>
        {regions.map((region) => (
          <option key={region} value={region} />
        ))}
      </datalist>
      <p id={`${id}-hint`} class={problem === undefined ? 'hint' : 'hint warning'} role="status">
        {problem ?? (fixed ? text('options_fixed') : text('popup_regionHint'))}
      </p>
    </div>
  );
}
