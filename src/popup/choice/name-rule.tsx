import { useId } from 'preact/hooks';
import { templateParts, templateProblem } from '../../page/template-problem.ts';
import { text } from '../../webext/text.ts';

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
  const id = useId();
  const problem = templateProblem(template);
  return (
    <div class="name-rule">
      <label for={id}>{text('popup_nameRule')}</label>
      <input
        id={id}
        class="code"
        value={template}
        dir="ltr"
        maxLength={200}
        readOnly={readOnly}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
      <p id={`${id}-hint`} class={problem === undefined ? 'hint' : 'hint warning'} role="status">
        {problem ?? text('options_templateHint', templateParts)}
      </p>
    </div>
  );
}
