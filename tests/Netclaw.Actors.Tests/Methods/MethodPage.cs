using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>docs/methods.md, from the catalogue.</summary>
internal static class MethodPage
{
    public static string Render(MethodCatalogue catalogue)
    {
        var page = new StringBuilder();
        page.Append("""
            # Methods and events

            Written from the method catalogue by its test (`NETCLAW_UPDATE_DOCS=1` rewrites it). Every transport serves the same methods. A call is
            answered exactly once: with the result, or with an error of [codes.md](codes.md). At most 16 calls may be open on one connection.
            Optional fields end in `?`.

            ## Methods

            | method | role | scope | repeatable | what it does |
            |---|---|---|---|---|

            """);
        foreach (var method in catalogue.Methods)
        {
            page.Append($"| `{method.Name}` | {Role(method)} | {Scopes(method.Needed, method.Handler == HandlerKey.Handshake)} | {(method.Idempotent ? "yes" : "no")} | {method.Purpose} |\n");
        }

        page.Append("\n## Shapes\n");
        foreach (var method in catalogue.Methods)
        {
            page.Append($"\n`{method.Name}`\n\n- takes {(method.Params is null ? "nothing" : $"`{Shape(method.Params)}`")}\n- gives `{Shape(method.Result)}`\n");
        }

        page.Append("\n## Events\n\n| event | scope | payload | when |\n|---|---|---|---|\n");
        foreach (var entry in catalogue.Events)
        {
            page.Append($"| `{entry.Name}` | {(entry.Role is { } only ? $"role {NativeTranscript.RoleText(only)}" : Scopes(entry.Needed, handshake: false))} | `{Shape(entry.Payload)}` | {entry.Purpose} |\n");
        }

        return page.ToString();
    }

    private static string Role(MethodEntry method) => (method.Role is { } role ? NativeTranscript.RoleText(role) : "any") + (method.NodesToo ? ", or node without a scope" : "");

    private static string Scopes(Scope needed, bool handshake) =>
        handshake ? "before authentication" : needed == Scope.None ? "none" : $"`{new ScopeSet(needed)}`";

    private static string Shape(Type shape)
    {
        var form = ProtocolJson.Default.GetTypeInfo(shape) ?? SessionEventJson.Default.GetTypeInfo(shape)!;
        return "{" + string.Join(", ", form.Properties.Select(property => property.Name + (IsOptional(property) ? "?" : ""))) + "}";
    }

    private static bool IsOptional(JsonPropertyInfo property) =>
        !property.IsRequired && (property.IsSetNullable || property.AssociatedParameter is { HasDefaultValue: true });
}
