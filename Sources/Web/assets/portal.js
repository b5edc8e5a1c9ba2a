// The portal's scripts. Every page works without them; each element here only improves its own.
import "./chart-links.js";
import "./copy-text.js";
import "./find-anything.js";
import "./live-requests.js";
import "./live-run.js";
import "./local-time.js";
import "./single-keys.js";
