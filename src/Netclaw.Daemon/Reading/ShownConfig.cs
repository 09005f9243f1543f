using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Reading;

/// <summary>netclaw.json as clients may see it: written anew from the keys that the reader knows, whose secrets it writes as <c>***</c>. Nothing of the file's own text is in it.</summary>
internal static class ShownConfig
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static ConfigGetResult Of(string path)
    {
        var config = ConfigFile.Read(path, listen: null, MachineFacts.Current);
        var parsed = Tree(config.Keys.Where(key => key.Given));
        var resolved = JsonSerializer.SerializeToElement(Tree(config.Keys));
        var raw = parsed.ToJsonString(Readable);
        return new ConfigGetResult(
            path, File.Exists(path), raw, JsonSerializer.SerializeToElement(parsed), resolved, config.Problems.IsEmpty, resolved,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw))),
            // What stood there is left out: a secret may stand under a mistyped key.
            [.. config.Problems.Select(problem => new ConfigIssue(problem.Key == path ? "" : problem.Key, $"{problem.Wrong} {problem.Remedy}"))],
            config.IsConsistent ? [.. ConfigWarnings.Of(config.Options).Select(warning => new ConfigIssue(warning.Key, warning.Message))] : []);
    }

    private static JsonObject Tree(IEnumerable<ConfigKey> keys)
    {
        var root = new JsonObject();
        foreach (var key in keys.Where(key => key is { Path.Length: > 0, Value: not null }))
        {
            var names = key.Path.Split('.');
            var section = root;
            foreach (var name in names[..^1])
            {
                section = section[name] as JsonObject ?? Added(section, name);
            }

            if (!section.ContainsKey(names[^1]) || key.Value is not JsonObject)
            {
                section[names[^1]] = key.Value!.DeepClone();
            }
        }

        return root;
    }

    private static JsonObject Added(JsonObject section, string name)
    {
        var added = new JsonObject();
        section[name] = added;
        return added;
    }
}
