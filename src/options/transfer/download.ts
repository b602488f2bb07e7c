/** Gives a text to the person as a file of this name. */
export function download(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Firefox has not begun to read it by now.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
