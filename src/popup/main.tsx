import { show } from '../page/show.tsx';
import { text } from '../webext/text.ts';
import { Popup } from './popup.tsx';

show(text('manifest_name'), <Popup />);
