/** A sentence about what the administrator has set. */
export function Managed({ what }: { what: string }) {
  return <p class="managed">{what}</p>;
}
