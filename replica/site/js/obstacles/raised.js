// The obstacles that are up: where each is, so that a press can be told from one on what lies beneath.
const roots = new Map();

/** Put *root*, the whole of obstacle *name*, into the page. */
export function raise(name, root) {
  roots.set(root, name);
  document.body.append(root);
}

/** *root* stays in the page, but holds the obstacle no more. */
export function lower(root) {
  roots.delete(root);
}

/** The name of the obstacle that is in *path*, an event's; null: none is. */
export function nameOf(path) {
  const root = path.find((node) => roots.has(node));
  return root ? roots.get(root) : null;
}

/** The names of those that are up. */
export function standing() {
  return [...roots].filter(([root]) => root.isConnected).map(([, name]) => name);
}
