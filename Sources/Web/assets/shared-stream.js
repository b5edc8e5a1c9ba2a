// One stream of server-sent events for all tabs of this browser: browsers allow six connections to a
// host, so one tab holds the stream (Web Locks) and tells the others (BroadcastChannel). When it goes,
// the next in line opens its own.
const RETRY_MS = 15_000;

/**
 * @param {string} address of the stream
 * @param {(news: "live" | "reconnecting" | "off" | "request") => void} tell the stream's state as it
 *   changes, and each call; "off" when the server refuses, until it is tried again
 * @returns {() => void} ends it
 */
export function follow(address, tell) {
  const channel = new BroadcastChannel(address);
  const ending = new AbortController();
  let state = null;
  const share = (news) => {
    if (ending.signal.aborted) return;
    channel.postMessage(news);
    tell(news);
  };
  // Who comes later asks the holder how the stream is.
  channel.onmessage = ({ data }) => {
    if (data !== "ask") return tell(data);
    if (state) channel.postMessage(state);
  };
  const enter = (news) => share(state = news);
  const hold = () => holdStream(address, ending.signal, enter, share);
  if (navigator.locks) {
    navigator.locks.request(address, { signal: ending.signal }, hold).catch(() => {});
  } else {
    hold();
  }
  channel.postMessage("ask");
  return () => {
    ending.abort();
    channel.close();
  };
}

/** Until `signal`; a stream that breaks is opened again by the browser, one that is refused here. */
function holdStream(address, signal, enter, share) {
  return new Promise((done) => {
    let source, timer;
    const open = () => {
      source = new EventSource(address);
      source.addEventListener("open", () => enter("live"));
      source.addEventListener("request", () => share("request"));
      source.addEventListener("error", () => {
        if (source.readyState !== EventSource.CLOSED) return enter("reconnecting");
        enter("off");
        timer = setTimeout(open, RETRY_MS);
      });
    };
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      source.close();
      done();
    });
    open();
  });
}
