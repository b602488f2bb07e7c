import { show } from '../page/show.tsx';
import { text } from '../webext/text.ts';
import { Options } from './options.tsx';

show(text('options_title'), <Options />);
