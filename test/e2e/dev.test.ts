import { seesEachSave } from './dev-saves.ts';

seesEachSave('chromium');
