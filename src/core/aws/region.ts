/** How AWS names regions. One that is younger than our table of regions is still a region. */
export const regionPattern = /^[a-z]{2,}(-[a-z0-9]+){1,4}$/;

/** Whether a text can be a region. */
export const isRegion = (text: string): boolean => text.length <= 32 && regionPattern.test(text);
