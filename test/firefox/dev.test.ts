import { describe } from 'vitest';
import { seesEachSave } from '../e2e/dev-saves.ts';
import { needs } from '../needs.ts';

describe.skipIf(needs('firefox').missing)('in Firefox', () => seesEachSave('firefox'));
