import { show } from '../page/show.tsx';
import { text } from '../page/text.ts';
import { Popup } from './popup.tsx';

show(text('manifest_name'), <Popup />);
