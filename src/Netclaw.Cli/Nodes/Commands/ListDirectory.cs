using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// <c>fs.listDir</c>: <c>{path?, details?}</c> to <c>{path, parent?, home, entries:[{name, path, hidden?}]}</c>, the published form, which is for choosing a
/// directory: it has no word for what an entry is, and so lists directories alone. With <c>details</c> everything is listed, each entry with
/// <c>kind</c> (file, directory, link, socket, other; links are not followed), <c>size</c> in bytes and <c>modifiedMs</c> in Unix time.
/// <c>truncated</c> stands there when there were more than 1,000. <c>home</c> is where choosing begins: the first root.
/// </summary>
internal sealed class ListDirectory(NodeRules rules) : INodeCommand
{
    public string Name => "fs.listDir";

    public Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            var members = new Parameters(Name, parameters);
            var path = members.Text("path") ?? rules.Roots.FirstOrDefault() ?? "/";
            return path is ['/', ..] ? Task.FromResult(List(path, members.Flag("details"), cancellation)) : throw members.Wrong("path", "is not an absolute path");
        }
        catch (Refused refused)
        {
            return Task.FromResult<NodeAnswer>(refused.Answer);
        }
    }

    private NodeAnswer List(string path, bool details, CancellationToken cancellation)
    {
        using var directory = LentDirectory.Open(Name, path, rules.Roots);
        try
        {
            var listing = DirectoryListing.Of(directory, directoriesOnly: !details, cancellation);
            return Payload.Of(json => Write(json, directory.Path, listing, details));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LentDirectory.Unusable(Name, path, e);
        }
    }

    private void Write(Utf8JsonWriter json, string path, DirectoryListing listing, bool details)
    {
        json.WriteString("path", path);
        if (Parent(path) is { } parent)
        {
            json.WriteString("parent", parent);
        }

        json.WriteString("home", rules.Roots[0]);
        json.WriteStartArray("entries");
        foreach (var entry in listing.Entries)
        {
            json.WriteStartObject();
            entry.Write(json, path, details);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (listing.Truncated)
        {
            json.WriteBoolean("truncated", true);
        }
    }

    /// <summary>Null at the top of what is lent.</summary>
    private string? Parent(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return null;
        }

        try
        {
            using var directory = RealDirectory.Open(parent);
            return directory.IsInside(rules.Roots) ? parent : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
