// Runs the reference client once: what to do comes as one JSON object on standard input, what happens goes out as one JSON object a line.
//   url, token?, password?, bootstrapToken?, name, mode, role, scopes[], identity? (file: an Ed25519 key, made when it is not there), tokens? (file: device tokens)
//   calls[{method, params}]: made one after the other once it is connected.  until: "calls" (default) | "close" | "connected" twice
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const folder = process.env.NETCLAW_CLIENT_FOLDER;
const require = createRequire(folder + "/");
const { GatewayClient } = await import(require.resolve("@openclaw/gateway-client"));
const wanted = JSON.parse(readFileSync(0, "utf8"));
const say = (kind, what) => process.stdout.write(JSON.stringify({ kind, ...what }) + "\n");

function identity(file) {
  if (!existsSync(file)) {
    writeFileSync(file, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  }
  const privateKeyPem = readFileSync(file, "utf8");
  const publicKey = createPublicKey(createPrivateKey(privateKeyPem));
  return { deviceId: createHash("sha256").update(raw(publicKey)).digest("hex"), privateKeyPem, publicKeyPem: publicKey.export({ type: "spki", format: "pem" }) };
}

const raw = (key) => key.export({ type: "spki", format: "der" }).subarray(12);
const tokens = wanted.tokens && existsSync(wanted.tokens) ? JSON.parse(readFileSync(wanted.tokens, "utf8")) : {};
const keep = () => {
  if (wanted.tokens) {
    writeFileSync(wanted.tokens + ".next", JSON.stringify(tokens), { mode: 0o600 });
    renameSync(wanted.tokens + ".next", wanted.tokens); // the next run of this client may be reading it
  }
};
let hellos = 0;

const client = new GatewayClient({
  url: wanted.url, token: wanted.token, password: wanted.password, bootstrapToken: wanted.bootstrapToken, clientName: wanted.name, clientDisplayName: wanted.displayName, mode: wanted.mode, role: wanted.role,
  scopes: wanted.scopes, minProtocol: 4, maxProtocol: 4, deviceIdentity: wanted.identity ? identity(wanted.identity) : undefined,
  hostDeps: {
    signDevicePayload: (pem, payload) => sign(null, Buffer.from(payload), pem).toString("base64url"),
    publicKeyRawBase64UrlFromPem: (pem) => raw(createPublicKey(pem)).toString("base64url"),
    loadDeviceAuthToken: ({ role }) => tokens[role] ?? null,
    storeDeviceAuthToken: ({ role, token, scopes }) => { tokens[role] = { token, role, scopes: scopes ?? [], updatedAtMs: 0 }; keep(); return tokens[role]; },
    clearDeviceAuthToken: ({ role }) => { delete tokens[role]; keep(); },
  },
  onHelloOk: (hello) => { say("hello", { hello }); connected(); },
  onConnectError: (error) => say("refused", { message: error.message, details: error.details ?? null }),
  onReconnectPaused: (info) => { say("paused", info); if (wanted.until !== "close") { finish(); } },
  onEvent: (event) => say("event", { event: event.event, payload: event.payload ?? null, seq: event.seq ?? null }),
  onClose: (code, reason) => { say("closed", { code, reason }); if (wanted.until === "close" && hellos > 0) { finish(); } },
});

async function connected() {
  hellos++;
  for (const { method, params } of wanted.calls ?? []) {
    try {
      say("result", { method, payload: await client.request(method, params) });
    } catch (error) {
      say("failed", { method, code: error.code, message: error.message, details: error.details ?? null });
    }
  }
  if ((wanted.until ?? "calls") === "calls") {
    finish();
  }
}

function finish() {
  client.stop();
  setTimeout(() => process.exit(0), 100);
}

client.start();
