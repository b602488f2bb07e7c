/**
 * The port over which the background sends a `View` as JSON, at once and after each change. It stands apart from the messages'
 * schemas, so that pages, which check nothing, load none of them.
 */
export const viewPort = 'view';
