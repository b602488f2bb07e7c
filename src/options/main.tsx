import { render } from 'preact';
import { Options } from './options.tsx';

const root = document.getElementById('options');
if (root !== null) render(<Options />, root);
