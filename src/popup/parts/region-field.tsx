import { partitionOf } from '../../core/aws/partition.ts';
import { isRegion } from '../../core/aws/region.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { text } from '../../webext/text.ts';
import { CaptionedField } from './captioned-field.tsx';

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
  return (
    <CaptionedField
      caption={text('popup_region')}
      value={value}
      placeholder={text('popup_regionNone')}
      maxLength={32}
      readOnly={fixed}
      offered={partitionOf(parseRoleArn(roleArn)?.partition ?? '')?.regions ?? []}
      hint={fixed ? text('options_fixed') : text('popup_regionHint')}
      problem={isRegion(value) || value === '' ? undefined : text('options_regionProblem')}
      onType={(region) => onInput(region.trim())}
    />
  );
}
