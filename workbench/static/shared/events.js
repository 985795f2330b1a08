// Server-sent events of the workbench: each is one JSON value.

/** @param {EventSource} events @param {string} name @param {(data: any) => void} listener */
export function on(events, name, listener) {
  events.addEventListener(name, (event) => listener(JSON.parse(event.data)));
}
