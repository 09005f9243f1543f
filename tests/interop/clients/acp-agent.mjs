// An agent of the Agent Client Protocol on its reference library. It does what its prompt names: "read PATH", "ask TITLE", "terminal", "wait", "tools", "use TOOL JSON"; and repeats anything else.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2] + "/");
const { agent, methods, ndJsonStream } = await import(pathToFileURL(require.resolve("@agentclientprotocol/sdk")).href);

let cancelled = false;
let servers = [];

// The Model Context Protocol by hand: the first server that the client offered, one request after the other.
async function mcp(requests) {
  const { command, args, env } = servers[0];
  const child = spawn(command, args, { env: { PATH: process.env.PATH, ...Object.fromEntries(env.map(({ name, value }) => [name, value])) }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const write = (message) => child.stdin.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n");
  const results = [];
  let id = 0;
  for (const [method, params] of [["initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "repeater", version: "1" } }], ...requests]) {
    write({ id: ++id, method, params });
    const { result, error } = JSON.parse((await lines.next()).value);
    results.push(result ?? error);
    if (method === "initialize") write({ method: "notifications/initialized" });
  }
  child.stdin.end();
  return results.slice(1);
}
const say = (client, sessionId, text) => client.notify(methods.client.session.update, { sessionId, update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } } });

async function act(client, sessionId, text) {
  const [verb, ...rest] = text.split(" ");
  switch (verb) {
    case "read":
      return (await client.request(methods.client.fs.readTextFile, { sessionId, path: rest.join(" ") })).content;
    case "ask": {
      const { outcome } = await client.request(methods.client.session.requestPermission, {
        sessionId, toolCall: { toolCallId: "t1", title: rest.join(" "), kind: "execute" },
        options: [{ optionId: "yes", name: "Yes", kind: "allow_once" }, { optionId: "no", name: "No", kind: "reject_once" }],
      });
      return outcome.outcome === "selected" ? outcome.optionId : outcome.outcome;
    }
    case "terminal":
      return JSON.stringify(await client.request(methods.client.terminal.create, { sessionId, command: "ls", args: [] }));
    case "tools":
      return (await mcp([["tools/list", {}]]))[0].tools.map((tool) => tool.name).join(" ");
    case "use": {
      const [answer] = await mcp([["tools/call", { name: rest[0], arguments: JSON.parse(rest.slice(1).join(" ") || "{}") }]]);
      return `${answer.isError ? "no: " : ""}${answer.content[0].text}`;
    }
    case "wait":
      await say(client, sessionId, "waiting");
      for (let i = 0; i < 600 && !cancelled; i++) await new Promise((done) => setTimeout(done, 100));
      return "";
    default:
      return `You said: ${text}`;
  }
}

const app = agent({ name: "repeater" })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1, agentCapabilities: { loadSession: false }, agentInfo: { name: "repeater", version: "1" } }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    servers = params.mcpServers;
    return { sessionId: "s-1" };
  })
  .onNotification(methods.agent.session.cancel, () => { cancelled = true; })
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const { sessionId, prompt } = params;
    const history = prompt.length > 1 ? `[${prompt[0].text.split("\n\n").length - 2} before] ` : "";
    let said;
    try {
      said = await act(client, sessionId, prompt.at(-1).text);
    } catch (error) {
      said = `refused: ${error.code} ${error.message}`;
    }
    for (const piece of (history + said).match(/[^]{1,7}/g) ?? []) await say(client, sessionId, piece);
    return { stopReason: cancelled ? "cancelled" : "end_turn" };
  });

await app.connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin))).closed;
