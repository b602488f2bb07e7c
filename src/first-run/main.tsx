import { show } from '../page/show.tsx';
import { text } from '../webext/text.ts';
import { FirstRun } from './first-run.tsx';

show(text('firstRun_title'), <FirstRun />);
