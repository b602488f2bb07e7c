const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** Text as it stands in an element or an attribute. */
export const escapeXml = (text) => String(text).replace(/[&<>"\n]/g, (char) => entities[char]);
