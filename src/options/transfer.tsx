import { useState } from 'preact/hooks';
import { ok } from '../core/result.ts';
import { ask } from '../page/background.ts';
import { text } from '../page/text.ts';
import { trusted } from '../page/trusted.ts';
import { Card } from './card.tsx';
import { download } from './download.ts';
import type { SectionProps } from './section.ts';

/** Settings to a file and back: to another browser, or to a colleague. */
export function Transfer({ save }: SectionProps) {
  const [chosen, setChosen] = useState<File>();
  const exportNow = async () => {
    const exported = await ask({ type: 'export-settings' });
    if (exported.ok) download('roleferry-settings.json', exported.value);
    await save(Promise.resolve(exported.ok ? ok(undefined) : exported));
  };
  const importNow = (file: File) => save(file.text().then((json) => ask({ type: 'import-settings', json })));
  return (
    <>
      <Card id="export" title={text('options_export')} hint={text('options_exportHint')}>
        <div class="buttons">
          <button type="button" onClick={trusted(exportNow)}>
            {text('options_exportNow')}
          </button>
        </div>
      </Card>
      <Card id="import" title={text('options_import')} hint={text('options_importHint')}>
        <label for="import-file">{text('options_importFile')}</label>
        <input
          id="import-file"
          type="file"
          accept="application/json,.json"
          onChange={({ currentTarget }) => setChosen(currentTarget.files?.[0])}
        />
        <div class="buttons">
          <button
            type="button"
            disabled={chosen === undefined}
            onClick={trusted(() => chosen && importNow(chosen))}
          >
            {text('options_importNow')}
          </button>
        </div>
      </Card>
    </>
  );
}
