import type { View } from '../../webext/view.ts';
import type { Save } from './saving.tsx';

/** What every section of the options gets. */
export interface SectionProps {
  view: View;
  save: Save;
}
