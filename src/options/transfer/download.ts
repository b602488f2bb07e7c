/** Saves a text as a file with this name. */
export function download(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Firefox has not started reading it yet.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
