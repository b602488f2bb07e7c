import { ok } from '../../core/result.ts';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import { Card } from '../parts/card.tsx';
import type { SectionProps } from '../parts/section.ts';
import { download } from './download.ts';
import { Import } from './import.tsx';

/** Exports and imports settings: for another browser, or a colleague. */
export function Transfer({ view, save }: SectionProps) {
  const exportNow = async () => {
    const exported = await ask({ type: 'export-settings' });
    if (exported.ok) download('roleferry-settings.json', exported.value);
    await save(Promise.resolve(exported.ok ? ok(undefined) : exported));
  };
  return (
    <>
      <Card id="export" title={text('options_export')} hint={text('options_exportHint')}>
        <div class="buttons">
          <button type="button" onClick={trusted(exportNow)}>
            {text('options_exportNow')}
          </button>
        </div>
      </Card>
      <Import view={view} save={save} />
    </>
  );
}
