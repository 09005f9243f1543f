using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The protocol's reference client, with an identity of its own, one process for each connection or series of them.</summary>
internal sealed class ReferenceClient : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("netclaw-client-").FullName;
    private readonly List<Process> _started = [];

    /// <summary>A node's part; <see cref="Operator"/> makes it another.</summary>
    public JsonObject Wanted { get; private init; } = [];

    public static ReferenceClient Node(string url) => New(url, "node-host", "node", "node", withIdentity: true);

    public static ReferenceClient Operator(string url, bool withIdentity, params string[] scopes)
    {
        var client = New(url, "cli", "cli", "operator", withIdentity);
        client.Wanted["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
        return client;
    }

    /// <summary>Starts it; what happens is read off one by one.</summary>
    public Conversation Start(string? token = null, string until = "calls", params (string Method, JsonObject? Parameters)[] calls)
    {
        var wanted = (JsonObject)Wanted.DeepClone();
        wanted["token"] = token;
        wanted["until"] = until;
        wanted["calls"] = new JsonArray([.. calls.Select(call => new JsonObject { ["method"] = call.Method, ["params"] = call.Parameters?.DeepClone() ?? new JsonObject() })]);
        var start = new ProcessStartInfo(Clients.Node, [Path.Combine(AppContext.BaseDirectory, "clients", "reference.mjs")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder,
        };
        start.Environment["NETCLAW_CLIENT_FOLDER"] = Clients.Small;
        start.Environment["HOME"] = _folder;
        var process = Process.Start(start)!;
        _started.Add(process);
        process.StandardInput.Write(wanted.ToJsonString());
        process.StandardInput.Close();
        return new Conversation(process, Bound);
    }

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static ReferenceClient New(string url, string name, string mode, string role, bool withIdentity)
    {
        var client = new ReferenceClient
        {
            Wanted = new JsonObject { ["url"] = url.Replace("http://", "ws://", StringComparison.Ordinal), ["name"] = name, ["mode"] = mode, ["role"] = role, ["scopes"] = new JsonArray(), ["displayName"] = "den" },
        };
        if (withIdentity)
        {
            client.Wanted["identity"] = Path.Combine(client._folder, "identity.pem");
            client.Wanted["tokens"] = Path.Combine(client._folder, "tokens.json");
        }

        return client;
    }
}

/// <summary>What one run of the client said, in order.</summary>
internal sealed class Conversation(Process process, TimeSpan bound)
{
    /// <summary>The next of this kind, whatever else comes before.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(bound) is { } line)
        {
            seen.Add(line);
            var said = JsonElement.Parse(line);
            if (said.GetProperty("kind").GetString() == kind)
            {
                return said;
            }
        }

        throw new InvalidOperationException($"no {kind}; {string.Join('\n', seen)}\n{await process.StandardError.ReadToEndAsync().WaitAsync(bound)}");
    }

    /// <summary>The payload of the next event of this name.</summary>
    public async Task<JsonElement> EventAsync(string name)
    {
        while (true)
        {
            var said = await NextAsync("event");
            if (said.GetProperty("event").GetString() == name)
            {
                return said.GetProperty("payload");
            }
        }
    }

    /// <summary>The result of the next call that succeeded.</summary>
    public async Task<JsonElement> ResultAsync() => (await NextAsync("result")).GetProperty("payload");
}
