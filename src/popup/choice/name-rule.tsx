import { templateParts, templateProblem } from '../../page/template-problem.ts';
import { text } from '../../webext/text.ts';
import { CaptionedField } from '../parts/captioned-field.tsx';

/** How the ticked roles' profiles are named. Changes are kept for next time. */
export function NameRule({
  template,
  readOnly,
  onType,
}: {
  template: string;
  /** The administrator has set it. */
  readOnly: boolean;
  onType: (template: string) => void;
}) {
  return (
    <CaptionedField
      caption={text('popup_nameRule')}
      value={template}
      maxLength={200}
      readOnly={readOnly}
      hint={text('options_templateHint', templateParts)}
      problem={templateProblem(template)}
      onType={onType}
    />
  );
}
