using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary><c>system.which</c>: <c>{bins:[…]}</c> to <c>{bins:{name:path}}</c>. What is not there is left out; whether it is lent is another question.</summary>
internal sealed class SystemWhich(NodeRules rules) : INodeCommand
{
    private const int MostNames = 64;
    private const int LongestName = 255;

    public string Name => "system.which";

    public Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Find(new Parameters(Name, parameters)));
        }
        catch (Refused refused)
        {
            return Task.FromResult<NodeAnswer>(refused.Answer);
        }
    }

    private NodeAnswer Find(Parameters parameters)
    {
        var names = parameters.Texts("bins", MostNames) ?? throw parameters.Wrong("bins", "is missing");
        if (names.Any(name => name.Length is 0 or > LongestName || name.Contains('/') || name is "." or ".."))
        {
            throw parameters.Wrong("bins", "holds something else than plain names");
        }

        return Payload.Of(json =>
        {
            json.WriteStartObject("bins");
            foreach (var name in names.Distinct(StringComparer.Ordinal))
            {
                if (ProgramPath.Find(name, rules.SearchPath) is { } found)
                {
                    json.WriteString(name, found.Path);
                }
            }

            json.WriteEndObject();
        });
    }
}
