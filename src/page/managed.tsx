/** A sentence on what the administrator of this browser fixed. */
export function Managed({ what }: { what: string }) {
  return <p class="managed">{what}</p>;
}
