import { show } from '../page/show.tsx';
import { text } from '../page/text.ts';
import { Options } from './options.tsx';

show(text('options_title'), <Options />);
