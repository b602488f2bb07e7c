import { roleferry } from './roleferry.ts';

await roleferry(import.meta.url);
