/** In place of the characters of XML 1.1: saxes is told to read XML 1.0, whatever a declaration says. */
export { isChar, isNameChar, isNameStartChar } from 'xmlchars/xml/1.0/ed5.js';
